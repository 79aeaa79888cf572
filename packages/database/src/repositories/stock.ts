import type { ListingStatus } from '@assay/contract';
import type { StockRepository } from '@assay/core';
import { Prisma, type Queryable } from '../engine/database.ts';

export function stockRepository(db: Queryable): StockRepository {
  const changed = async (statement: Prisma.Sql) => (await db.write(statement)) === 1;
  const requireChange = async (what: string, statement: Prisma.Sql) => {
    if (!(await changed(statement))) throw new Error(`Units of a listing that an order holds could not be ${what}.`);
  };
  return {
    reserve: (listingId, quantity, statuses) =>
      changed(Prisma.sql`
        UPDATE SellerListings SET Reserved = Reserved + ${quantity}
        WHERE Id = ${listingId} AND Status IN (${Prisma.join([...statuses])}) AND Quantity - Reserved >= ${quantity}`),

    sell: (listingId, quantity, at) =>
      requireChange(
        'sold',
        Prisma.sql`
          UPDATE SellerListings SET Quantity = Quantity - ${quantity}, Reserved = Reserved - ${quantity}, Version = Version + 1, UpdatedAt = ${at}
          WHERE Id = ${listingId} AND Reserved >= ${quantity}`,
      ),

    release: (listingId, quantity) =>
      requireChange(
        'released',
        Prisma.sql`UPDATE SellerListings SET Reserved = Reserved - ${quantity} WHERE Id = ${listingId} AND Reserved >= ${quantity}`,
      ),

    restock: (listingId, quantity, at) =>
      requireChange(
        'restocked',
        Prisma.sql`UPDATE SellerListings SET Quantity = Quantity + ${quantity}, Version = Version + 1, UpdatedAt = ${at} WHERE Id = ${listingId}`,
      ),

    moveItem: (itemId, from, to) => changed(Prisma.sql`UPDATE OrderItems SET Stock = ${to} WHERE Id = ${itemId} AND Stock = ${from}`),

    async statusBeforeSale(listingId) {
      const [sale] = await db.read<{ status: ListingStatus | null }>(Prisma.sql`
        SELECT m.FromStatus AS status FROM ListingEvents m
        WHERE m.Id = (SELECT MAX(n.Id) FROM ListingEvents n WHERE n.ListingId = ${listingId}) AND m.ToStatus = 'sold'
          AND EXISTS (
            SELECT 1 FROM OrderItems i JOIN OrderEvents e ON e.OrderId = i.OrderId
            WHERE i.ListingId = ${listingId} AND e.ToStatus = 'paid' AND e.At = m.At)`);
      return sale?.status ?? null;
    },
  };
}
