import type { InvalidationsRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insert } from '../engine/insert.ts';
import { columns, countRows } from '../engine/rows.ts';
import { chunks } from '../engine/value-rows.ts';

const INVALIDATION = columns(
  { i: 'SellerCacheInvalidations' },
  { id: 'i.Id', sellerId: 'i.SellerId', component: 'i.Component', triggeredAt: 'i.TriggeredAt', completedAt: 'i.CompletedAt' },
);

export function invalidationsRepository(db: Queryable): InvalidationsRepository {
  const read = (rest: Prisma.Sql) => INVALIDATION.read(db, Prisma.sql`FROM SellerCacheInvalidations i ${rest}`);
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

    countPending: () => countRows(db, Prisma.sql`FROM SellerCacheInvalidations i WHERE i.CompletedAt IS NULL`),
    last: async () => (await read(Prisma.sql`ORDER BY i.Id DESC ${limit(db.engine, 1)}`))[0] ?? null,

    async complete(ids, at) {
      for (const chunk of chunks(ids.map((id) => ({ id }))))
        await db.write(Prisma.sql`
          UPDATE SellerCacheInvalidations SET CompletedAt = ${at}
          WHERE Id IN (${Prisma.join(chunk.map(({ id }) => id))}) AND CompletedAt IS NULL`);
    },
  };
}
