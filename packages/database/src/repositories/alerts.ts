import type { AlertsRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { insertReturningId } from '../engine/insert.ts';
import { columns, COUNT, outer } from '../engine/rows.ts';
import { withoutTask } from './earlier-queues.ts';

const ALERT = columns(
  { a: 'Alerts', k: outer('Users'), c: outer('Users') },
  {
    id: 'a.Id',
    kind: 'a.Kind',
    key: 'a.OpenKey',
    sellerId: 'a.SellerId',
    title: 'a.Title',
    evidence: 'a.Evidence',
    status: 'a.Status',
    openedAt: 'a.OpenedAt',
    lastSeenAt: 'a.LastSeenAt',
    acknowledgedAt: 'a.AcknowledgedAt',
    acknowledgedBy: 'k.FullName',
    closedAt: 'a.ClosedAt',
    closedBy: 'c.FullName',
    note: 'a.Note',
  },
);
const ALERTS = Prisma.sql`FROM Alerts a LEFT JOIN Users k ON k.Id = a.AcknowledgedBy LEFT JOIN Users c ON c.Id = a.ClosedBy`;
const ID = columns({ a: 'Alerts' }, { id: 'a.Id' });
const UNDELIVERED = Prisma.sql`a.DeliveredAt IS NULL AND a.Status IN ('open', 'acknowledged')`;
const UNCLOSED = columns({ a: 'Alerts' }, { kind: 'a.Kind', alerts: COUNT });

export function alertsRepository(db: Queryable): AlertsRepository {
  const read = (rest: Prisma.Sql) => ALERT.read(db, Prisma.sql`${ALERTS} ${rest}`);
  return {
    async raise({ kind, key, sellerId, title, evidence }, at) {
      const seen = await db.write(
        Prisma.sql`UPDATE Alerts SET Title = ${title}, Evidence = ${evidence}, SellerId = ${sellerId}, LastSeenAt = ${at} WHERE OpenKey = ${key}`,
      );
      if (seen > 0) return null;
      let id: number | null = null;
      await insertUnlessThere(async () => {
        id = await insertReturningId(db, 'Alerts', {
          Kind: kind,
          OpenKey: key,
          SellerId: sellerId,
          Title: title,
          Evidence: evidence,
          OpenedAt: at,
          LastSeenAt: at,
        });
      });
      return id;
    },

    list: (rows) => read(Prisma.sql`ORDER BY CASE WHEN a.Status = 'closed' THEN 1 ELSE 0 END, a.Id DESC ${limit(db.engine, rows)}`),
    find: (id) => ALERT.first(db, Prisma.sql`${ALERTS} WHERE a.Id = ${id}`),
    ongoing: () => read(Prisma.sql`WHERE a.OpenKey NOT LIKE 'over:%' ORDER BY a.Id`),
    async release(id) {
      await db.write(Prisma.sql`UPDATE Alerts SET OpenKey = ${`over:${id}`} WHERE Id = ${id}`);
    },
    countUnclosed: () => UNCLOSED.read(db, Prisma.sql`FROM Alerts a WHERE a.Status IN ('open', 'acknowledged') GROUP BY a.Kind`),

    acknowledge: async (id, userId, at) =>
      (await db.write(
        Prisma.sql`UPDATE Alerts SET Status = 'acknowledged', AcknowledgedBy = ${userId}, AcknowledgedAt = ${at} WHERE Id = ${id} AND Status = 'open'`,
      )) === 1,

    close: async (id, userId, note, at) =>
      (await db.write(Prisma.sql`
        UPDATE Alerts SET Status = 'closed', ClosedBy = ${userId}, ClosedAt = ${at}, Note = ${note}
        WHERE Id = ${id} AND Status IN ('open', 'acknowledged')`)) === 1,

    findUndelivered: (id) => ALERT.first(db, Prisma.sql`${ALERTS} WHERE a.Id = ${id} AND ${UNDELIVERED}`),
    async markDelivered(id, at) {
      await db.write(Prisma.sql`UPDATE Alerts SET DeliveredAt = ${at} WHERE Id = ${id}`);
    },
    async withoutTask(since, rows) {
      const found = await ID.read(
        db,
        Prisma.sql`FROM Alerts a WHERE ${UNDELIVERED} AND a.OpenedAt >= ${since} AND ${withoutTask('alert', 'a.Id')}
        ORDER BY a.Id ${limit(db.engine, rows)}`,
      );
      return found.map(({ id }) => id);
    },
  };
}
