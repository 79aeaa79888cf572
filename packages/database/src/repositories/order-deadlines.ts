import type { OrdersRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { columns } from '../engine/rows.ts';

const ORDER = columns({ o: 'Orders' }, { id: 'o.Id' });

/** When orders end by themselves. IX_Orders_Due leads to each of these rows. */
export function orderDeadlines(db: Queryable): Pick<OrdersRepository, 'listDue' | 'setDue' | 'adopt' | 'listToRemind' | 'remind'> {
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

    async remind(id, status, at) {
      const { count } = await prisma.order.updateMany({ where: { id, status, remindedAt: null }, data: { remindedAt: at } });
      return count === 1;
    },
  };
}
