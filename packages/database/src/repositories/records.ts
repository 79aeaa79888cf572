import { invalidationOf, type AuditLog, type Cause, type Outbox } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insert, insertReturningId } from '../engine/insert.ts';
import { chunks, valueRows } from '../engine/value-rows.ts';
import { toDate, type RawDate } from '../engine/values.ts';
import { noteInvalidation } from './invalidations.ts';

export function auditLog(db: Queryable): AuditLog {
  return {
    async append(...records) {
      const rows = records.map(({ at, actorId, actorKind, action, entity, entityId, detail, requestId }) => ({
        at,
        actorId,
        actorKind,
        action,
        entity,
        entityId,
        detail,
        requestId,
      }));
      // A recount writes thousands: Prisma's createMany takes four times as long.
      for (const chunk of chunks(rows))
        await db.write(Prisma.sql`
          INSERT INTO AuditLog (At, ActorId, ActorKind, Action, Entity, EntityId, Detail, RequestId)
          SELECT n.at, n.actorId, n.actorKind, n.action, n.entity, n.entityId, n.detail, n.requestId FROM ${valueRows(db, chunk)} n WHERE 1 = 1`);
    },
  };
}

export function outbox(db: Queryable, cause?: Cause): Outbox {
  return {
    async append({ topic, subjectId, payload }, at) {
      const event = {
        Topic: topic,
        SubjectId: subjectId,
        Payload: JSON.stringify(payload),
        CreatedAt: at,
        RequestId: cause?.requestId ?? null,
      };
      const invalidation = invalidationOf(topic, subjectId);
      if (!invalidation) return insert(db, 'OutboxEvents', event);
      await noteInvalidation(db, await insertReturningId(db, 'OutboxEvents', event), invalidation, at);
    },

    async readAfter(id, rows) {
      const found = await db.read<{ id: number; topic: string; subjectId: number; at: RawDate }>(Prisma.sql`
        SELECT e.Id AS id, e.Topic AS topic, e.SubjectId AS subjectId, e.CreatedAt AS at FROM OutboxEvents e
        WHERE e.Id > ${id} ORDER BY e.Id ${limit(db.engine, rows)}`);
      return found.map((row) => ({ ...row, at: toDate(row.at) }));
    },

    async lastId() {
      const [row] = await db.read<{ id: number }>(Prisma.sql`SELECT COALESCE(MAX(e.Id), 0) AS id FROM OutboxEvents e`);
      return row!.id;
    },
  };
}
