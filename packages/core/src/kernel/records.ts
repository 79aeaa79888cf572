import type { FactName, FactPayload } from '@assay/contract';
import type { Actor } from './actor.ts';
import type { AuditAction, AuditEntity } from './audit-actions.ts';
import type { Tx } from './context.ts';

declare module './repositories.ts' {
  interface Repositories {
    readonly audit: AuditLog;
    readonly outbox: Outbox;
  }
}

export type AuditDetail = Record<string, unknown>;

export interface AuditRecord {
  at: Date;
  actorId: number | null;
  actorKind: Actor['kind'];
  action: string;
  entity: AuditEntity;
  entityId: string;
  detail: string | null;
  requestId: string;
  /** The network that the request came from, shortened; null for commands, jobs and tasks. */
  addressPrefix: string | null;
}

/** Append-only. */
export interface AuditLog {
  append(...records: AuditRecord[]): Promise<void>;
}

/** The request behind what a change writes: facts, tasks and runs keep it, so that a request can be followed to its consequences. */
export interface Cause {
  requestId: string;
  /** Where it is traced (W3C Trace Context); null when it is not. */
  traceParent: string | null;
}

/** A row of OutboxEvents. Another version of the product may have written it, with a topic or a payload that this one does not know. */
export interface PublishedFact {
  id: number;
  topic: string;
  subjectId: number;
  /** JSON. */
  payload: string;
  at: Date;
}

/** Facts of these topics; of these, only those that are about a user or whose buyer it is, where `partyId` is not null. */
export interface OutboxFilter {
  topics: readonly FactName[];
  partyId: number | null;
}

/** The facts that were published. `Tx.publish` writes them. */
export interface Outbox {
  /** Returns the id of the row. */
  append<N extends FactName>(name: N, payload: FactPayload<N>, at: Date): Promise<number>;
  /** Facts with a greater id, oldest first. Ids are not committed in their order. */
  readAfter(id: number, limit: number): Promise<PublishedFact[]>;
  /** Facts with a greater id that pass the filter, newest first. */
  readNewest(id: number, filter: OutboxFilter, limit: number): Promise<PublishedFact[]>;
  lastId(): Promise<number>;
}

/** The audit record of what the actor of a change does. For one record there is `tx.audit`. */
export function auditRecord<E extends AuditEntity>(
  { actor, at, requestId, addressPrefix }: Pick<Tx, 'actor' | 'at' | 'requestId' | 'addressPrefix'>,
  action: AuditAction<E>,
  entity: E,
  entityId: number | string,
  detail?: AuditDetail,
): AuditRecord {
  const operator = actor.kind === 'system' ? actor.operator : undefined;
  const said = operator ? { ...detail, operator } : detail;
  return {
    at,
    actorId: actor.kind === 'user' ? actor.id : null,
    actorKind: actor.kind,
    action,
    entity,
    entityId: String(entityId),
    detail: said ? JSON.stringify(said) : null,
    requestId,
    addressPrefix,
  };
}
