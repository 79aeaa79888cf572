import type { Actor } from './actor.ts';
import type { Context } from './context.ts';

export interface AuditRecord {
  at: Date;
  actorId: number | null;
  actorKind: Actor['kind'];
  action: string;
  entity: string;
  entityId: string;
  detail: string | null;
  requestId: string;
}

/** Append-only. */
export interface AuditLog {
  append(...records: AuditRecord[]): Promise<void>;
}

/** What other parts of the product may want to know, once it is committed. */
export interface OutboxEvent {
  topic:
    | `rating.${'submitted' | 'replaced' | 'edited' | 'withdrawn' | 'replied' | 'struck' | 'restored'}`
    | 'vote.changed'
    | 'rater.renamed'
    | 'seller.updated'
    | 'store.followed'
    | 'listing.changed'
    | 'category.changed'
    | 'aggregates.corrected'
    | 'cache.cleared'
    | 'order.moved'
    | 'account.renamed'
    | 'maintenance.progress'
    | 'alert.changed'
    | 'moderation.changed'
    | 'flag.changed'
    | 'rollout.changed'
    | 'image.changed'
    | 'verification.changed'
    | 'payout-details.changed'
    | 'onboarding.changed'
    | 'email.queued';
  /**
   * The seller or user it is about, 0 for all of them at once; for what operators and moderators see the run, the alert, the
   * rating or the change of a flag, or 0.
   */
  subjectId: number;
  payload: Record<string, unknown>;
}

/** What caused what a transaction writes: events and runs keep it, so that a request can be followed to what came of it. */
export interface Cause {
  requestId: string;
  /** Where it is traced (W3C Trace Context); null when it is not. */
  traceParent: string | null;
}

/** An event as it was committed. */
export interface PublishedEvent {
  id: number;
  topic: string;
  subjectId: number;
  at: Date;
}

export interface Outbox {
  /** Where caches hold what it is about, it notes their invalidation with it: see `invalidationOf`. */
  append(event: OutboxEvent, at: Date): Promise<void>;
  /** Events with a greater id, oldest first. Ids are not committed in their order. */
  readAfter(id: number, limit: number): Promise<PublishedEvent[]>;
  lastId(): Promise<number>;
}

/** The audit record of what `ctx.actor` does now. */
export function auditRecord(
  ctx: Context,
  action: string,
  entity: string,
  entityId: number | string,
  detail?: Record<string, unknown>,
): AuditRecord {
  return {
    at: ctx.now(),
    actorId: ctx.actor.kind === 'user' ? ctx.actor.id : null,
    actorKind: ctx.actor.kind,
    action,
    entity,
    entityId: String(entityId),
    detail: detail ? JSON.stringify(detail) : null,
    requestId: ctx.requestId,
  };
}
