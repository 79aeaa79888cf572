import type { AlertRow, AlertsRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { insertReturningId } from '../engine/insert.ts';
import { toDate, type RawDate } from '../engine/values.ts';
import { withoutTask } from './earlier-queues.ts';

type RawAlert = Omit<AlertRow, 'openedAt' | 'lastSeenAt' | 'acknowledgedAt' | 'closedAt'> & {
  openedAt: RawDate;
  lastSeenAt: RawDate;
  acknowledgedAt: RawDate | null;
  closedAt: RawDate | null;
};

const ALERTS = Prisma.sql`
  SELECT a.Id AS id, a.Kind AS kind, a.OpenKey AS ${Prisma.raw('"key"')}, a.SellerId AS sellerId, a.Title AS title, a.Evidence AS evidence, a.Status AS status,
    a.OpenedAt AS openedAt, a.LastSeenAt AS lastSeenAt, a.AcknowledgedAt AS acknowledgedAt, k.FullName AS acknowledgedBy,
    a.ClosedAt AS closedAt, c.FullName AS closedBy, a.Note AS note
  FROM Alerts a LEFT JOIN Users k ON k.Id = a.AcknowledgedBy LEFT JOIN Users c ON c.Id = a.ClosedBy`;

const UNDELIVERED = Prisma.sql`a.DeliveredAt IS NULL AND a.Status IN ('open', 'acknowledged')`;

const toRow = (raw: RawAlert): AlertRow => ({
  ...raw,
  openedAt: toDate(raw.openedAt),
  lastSeenAt: toDate(raw.lastSeenAt),
  acknowledgedAt: toDate(raw.acknowledgedAt),
  closedAt: toDate(raw.closedAt),
});

export function alertsRepository(db: Queryable): AlertsRepository {
  const read = async (end: Prisma.Sql) => (await db.read<RawAlert>(Prisma.sql`${ALERTS} ${end}`)).map(toRow);
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
    find: async (id) => (await read(Prisma.sql`WHERE a.Id = ${id}`))[0] ?? null,
    ongoing: () => read(Prisma.sql`WHERE a.OpenKey NOT LIKE 'over:%' ORDER BY a.Id`),
    async release(id) {
      await db.write(Prisma.sql`UPDATE Alerts SET OpenKey = ${`over:${id}`} WHERE Id = ${id}`);
    },
    countUnclosed: () =>
      db.read(Prisma.sql`
        SELECT a.Kind AS kind, CAST(COUNT(*) AS INT) AS alerts FROM Alerts a WHERE a.Status IN ('open', 'acknowledged') GROUP BY a.Kind`),

    acknowledge: async (id, userId, at) =>
      (await db.write(
        Prisma.sql`UPDATE Alerts SET Status = 'acknowledged', AcknowledgedBy = ${userId}, AcknowledgedAt = ${at} WHERE Id = ${id} AND Status = 'open'`,
      )) === 1,

    close: async (id, userId, note, at) =>
      (await db.write(Prisma.sql`
        UPDATE Alerts SET Status = 'closed', ClosedBy = ${userId}, ClosedAt = ${at}, Note = ${note}
        WHERE Id = ${id} AND Status IN ('open', 'acknowledged')`)) === 1,

    findUndelivered: async (id) => (await read(Prisma.sql`WHERE a.Id = ${id} AND ${UNDELIVERED}`))[0] ?? null,
    async markDelivered(id, at) {
      await db.write(Prisma.sql`UPDATE Alerts SET DeliveredAt = ${at} WHERE Id = ${id}`);
    },
    async withoutTask(rows) {
      const found = await db.read<{ id: number }>(Prisma.sql`
        SELECT a.Id AS id FROM Alerts a WHERE ${UNDELIVERED} AND ${withoutTask('alert', 'a.Id')} ORDER BY a.Id ${limit(db.engine, rows)}`);
      return found.map(({ id }) => id);
    },
  };
}
