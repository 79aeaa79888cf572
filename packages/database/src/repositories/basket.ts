import type { BasketRepository } from '@assay/core';
import { Prisma, type Queryable } from '../engine/database.ts';
import { columns } from '../engine/rows.ts';

const ITEM = columns(
  { b: 'BasketItems' },
  { listingId: 'b.ListingId', quantity: 'b.Quantity', priceE8: 'b.PriceE8', currency: 'b.Currency', addedAt: 'b.AddedAt' },
);

export function basketRepository(db: Queryable): BasketRepository {
  const { prisma } = db;
  return {
    list: (userId) => ITEM.read(db, Prisma.sql`FROM BasketItems b WHERE b.UserId = ${userId} ORDER BY b.AddedAt, b.ListingId`),

    async put(userId, { listingId, ...item }, at) {
      const { count } = await prisma.basketItem.updateMany({ where: { userId, listingId }, data: item });
      if (count === 0) await prisma.basketItem.createMany({ data: [{ userId, listingId, ...item, addedAt: at }] });
    },

    async remove(userId, listingIds) {
      if (listingIds.length > 0) await prisma.basketItem.deleteMany({ where: { userId, listingId: { in: [...listingIds] } } });
    },

    async count(userId) {
      const [row] = await db.read<{ n: number | null }>(
        Prisma.sql`SELECT CAST(SUM(b.Quantity) AS INT) AS n FROM BasketItems b WHERE b.UserId = ${userId}`,
      );
      return row?.n ?? 0;
    },
  };
}
