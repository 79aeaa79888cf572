import { FACTS } from '@assay/contract';
import type { AuditLog, Cause, Outbox } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertReturningId } from '../engine/insert.ts';
import { contains } from '../engine/like.ts';
import { columns } from '../engine/rows.ts';
import { chunks, valueRows } from '../engine/value-rows.ts';

const FACT = columns(
  { e: 'OutboxEvents' },
  { id: 'e.Id', topic: 'e.Topic', subjectId: 'e.SubjectId', payload: 'e.Payload', at: 'e.CreatedAt' },
);

/** The subject of an order's facts is the seller; the buyer is in the payload, which is JSON of ours. */
const hasBuyer = (userId: number) =>
  Prisma.sql`(${contains(Prisma.sql`e.Payload`, `"buyerId":${userId},`)} OR ${contains(Prisma.sql`e.Payload`, `"buyerId":${userId}}`)})`;

export function auditLog(db: Queryable): AuditLog {
  return {
    async append(...records) {
      const rows = records.map(({ at, actorId, actorKind, action, entity, entityId, detail, requestId, addressPrefix }) => ({
        at,
        actorId,
        actorKind,
        action,
        entity,
        entityId,
        detail,
        requestId,
        addressPrefix,
      }));
      // A recount writes thousands: Prisma's createMany takes four times as long.
      for (const chunk of chunks(rows))
        await db.write(Prisma.sql`
          INSERT INTO AuditLog (At, ActorId, ActorKind, Action, Entity, EntityId, Detail, RequestId, AddressPrefix)
          SELECT n.at, n.actorId, n.actorKind, n.action, n.entity, n.entityId, n.detail, n.requestId, n.addressPrefix FROM ${valueRows(db, chunk)} n WHERE 1 = 1`);
    },
  };
}

/** @param cause is noted with the facts that come of it */
export function outbox(db: Queryable, cause?: Cause): Outbox {
  return {
    append: (name, payload, at) =>
      insertReturningId(db, 'OutboxEvents', {
        Topic: name,
        SubjectId: (FACTS[name].subject as (fact: typeof payload) => number)(payload),
        Payload: JSON.stringify(payload),
        CreatedAt: at,
        RequestId: cause?.requestId ?? null,
      }),

    readAfter: (id, rows) => FACT.read(db, Prisma.sql`FROM OutboxEvents e WHERE e.Id > ${id} ORDER BY e.Id ${limit(db.engine, rows)}`),

    readNewest: (id, { topics, partyId }, rows) =>
      FACT.read(
        db,
        Prisma.sql`FROM OutboxEvents e WHERE e.Id > ${id} AND e.Topic IN (${Prisma.join([...topics])})
          ${partyId === null ? Prisma.empty : Prisma.sql`AND (e.SubjectId = ${partyId} OR ${hasBuyer(partyId)})`}
          ORDER BY e.Id DESC ${limit(db.engine, rows)}`,
      ),

    async lastId() {
      const [row] = await db.read<{ id: number }>(Prisma.sql`SELECT COALESCE(MAX(e.Id), 0) AS id FROM OutboxEvents e`);
      return row!.id;
    },
  };
}
