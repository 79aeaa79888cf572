import type { OrdersRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { columns } from '../engine/rows.ts';

const ORDER = columns({ o: 'Orders' }, { id: 'o.Id' });

const RELEASING = columns(
  { o: 'Orders' },
  {
    id: 'o.Id',
    title: 'o.Title',
    currency: 'o.Currency',
    status: 'o.Status',
    dueAt: 'o.DueAt',
    dueStatus: 'o.DueStatus',
    releaseAt: 'o.ReleaseAt',
  },
);

type Deadlines = 'listDue' | 'setDue' | 'adopt' | 'listToRemind' | 'remind' | 'listToRelease' | 'setRelease' | 'listToBeReleased';

/** When orders end by themselves, and their payments are released. IX_Orders_Due and IX_Orders_Release lead to each of these rows. */
export function orderDeadlines(db: Queryable): Pick<OrdersRepository, Deadlines> {
  const { prisma } = db;
  const idsOf = async (conditions: Prisma.Sql, rows: number) => {
    const found = await ORDER.read(db, Prisma.sql`FROM Orders o WHERE ${conditions} ORDER BY o.DueAt, o.Id ${limit(db.engine, rows)}`);
    return found.map(({ id }) => id);
  };
  return {
    listDue: (status, by, rows) => idsOf(Prisma.sql`o.Status = ${status} AND o.DueStatus = ${status} AND o.DueAt <= ${by}`, rows),

    listToRemind: (status, by, rows) =>
      idsOf(Prisma.sql`o.Status = ${status} AND o.DueStatus = ${status} AND o.DueAt <= ${by} AND o.RemindedAt IS NULL`, rows),

    async setDue(id, status, dueAt) {
      const { count } = await prisma.order.updateMany({ where: { id, status }, data: { dueAt, dueStatus: status } });
      return count === 1;
    },

    adopt(status, dueAt, rows) {
      const left = Prisma.sql`Status = ${status} AND (DueStatus IS NULL OR DueStatus <> ${status})`;
      return db.write(Prisma.sql`UPDATE Orders SET DueAt = ${dueAt}, DueStatus = ${status}, RemindedAt = NULL
        WHERE ${left} AND Id IN (SELECT o.Id FROM Orders o WHERE o.Status = ${status} AND (o.DueStatus IS NULL OR o.DueStatus <> ${status})
          ORDER BY o.Id ${limit(db.engine, rows)})`);
    },

    async listToRelease(by, rows) {
      const first = Prisma.sql`ORDER BY o.ReleaseAt, o.Id ${limit(db.engine, rows)}`;
      return (await ORDER.read(db, Prisma.sql`FROM Orders o WHERE o.ReleaseAt <= ${by} ${first}`)).map(({ id }) => id);
    },

    async setRelease(id, releaseAt) {
      await prisma.order.updateMany({ where: { id }, data: { releaseAt } });
    },

    async listToBeReleased(sellerId, rows) {
      const ofSeller = Prisma.sql`FROM Orders o JOIN Payments p ON p.OrderId = o.Id
        WHERE o.SellerId = ${sellerId} AND p.Status = 'captured' AND o.Status`;
      const first = (states: Prisma.Sql, by: Prisma.Sql) =>
        RELEASING.read(db, Prisma.sql`${ofSeller} ${states} AND ${by} IS NOT NULL ORDER BY ${by}, o.Id ${limit(db.engine, rows)}`);
      const found = [
        ...(await first(Prisma.sql`IN ('shipped', 'delivered')`, Prisma.sql`o.ReleaseAt`)),
        ...(await first(Prisma.sql`= 'delivered' AND o.EscrowEnabled = 1`, Prisma.sql`o.DueAt`)),
        ...(await first(Prisma.sql`= 'shipped' AND o.EscrowEnabled = 1`, Prisma.sql`o.DueAt`)),
      ];
      return [...new Map(found.map((order) => [order.id, order])).values()];
    },

    async remind(id, status, at) {
      const { count } = await prisma.order.updateMany({ where: { id, status, remindedAt: null }, data: { remindedAt: at } });
      return count === 1;
    },
  };
}
