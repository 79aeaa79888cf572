import type { InvalidationRow, InvalidationsRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insert } from '../engine/insert.ts';
import { portions } from '../engine/value-rows.ts';
import { toDate, type RawDate } from '../engine/values.ts';

type RawInvalidation = Omit<InvalidationRow, 'triggeredAt' | 'completedAt'> & { triggeredAt: RawDate; completedAt: RawDate | null };

export function invalidationsRepository(db: Queryable): InvalidationsRepository {
  const read = async (end: Prisma.Sql): Promise<InvalidationRow[]> => {
    const rows = await db.read<RawInvalidation>(Prisma.sql`
      SELECT i.Id AS id, i.SellerId AS sellerId, i.Component AS component, i.TriggeredAt AS triggeredAt, i.CompletedAt AS completedAt
      FROM SellerCacheInvalidations i ${end}`);
    return rows.map((row) => ({ ...row, triggeredAt: toDate(row.triggeredAt), completedAt: toDate(row.completedAt) }));
  };
  return {
    add: (factId, { sellerId, component }, at) =>
      insert(db, 'SellerCacheInvalidations', {
        Id: factId,
        SellerId: sellerId,
        InvalidationType: sellerId === null ? 'all' : 'seller',
        Component: component,
        TriggeredAt: at,
      }),

    pending: (rows, before) =>
      read(Prisma.sql`WHERE i.CompletedAt IS NULL AND i.TriggeredAt < ${before} ORDER BY i.Id ${limit(db.engine, rows)}`),

    async countPending() {
      const [row] = await db.read<{ n: number }>(
        Prisma.sql`SELECT CAST(COUNT(*) AS INT) AS n FROM SellerCacheInvalidations i WHERE i.CompletedAt IS NULL`,
      );
      return row!.n;
    },

    last: async () => (await read(Prisma.sql`ORDER BY i.Id DESC ${limit(db.engine, 1)}`))[0] ?? null,

    async complete(ids, at) {
      for (const portion of portions(ids.map((id) => ({ id }))))
        await db.write(Prisma.sql`
          UPDATE SellerCacheInvalidations SET CompletedAt = ${at}
          WHERE Id IN (${Prisma.join(portion.map(({ id }) => id))}) AND CompletedAt IS NULL`);
    },
  };
}
