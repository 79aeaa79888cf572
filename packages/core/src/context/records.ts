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
  topic: 'rating.submitted' | 'rating.edited' | 'rating.withdrawn' | 'order.moved';
  /** The seller or user it is about. */
  subjectId: number;
  payload: Record<string, unknown>;
}

export interface Outbox {
  append(event: OutboxEvent, at: Date): Promise<void>;
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
