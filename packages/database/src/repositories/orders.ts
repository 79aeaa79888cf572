import type { OrderStatus } from '@assay/contract';
import type { OrderRow, OrdersRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertReturningId } from '../engine/insert.ts';
import { orderBy, where } from '../engine/keyset.ts';
import { toDate, type RawDate } from '../engine/values.ts';

type RawOrder = Omit<OrderRow, 'priceE8' | 'createdAt' | 'updatedAt' | 'completedAt'> & {
  /** As text: a double could not hold it. */
  priceE8: string;
  createdAt: RawDate;
  updatedAt: RawDate;
  completedAt: RawDate | null;
};

const SELECT_ORDERS = Prisma.sql`
  SELECT o.Id AS id, o.ListingId AS listingId, o.SellerId AS sellerId, s.FullName AS sellerName, o.BuyerId AS buyerId, b.FullName AS buyerName,
    o.Title AS title, l.Category AS category, CAST(o.PriceE8 AS VARCHAR(20)) AS priceE8, o.Currency AS currency, o.Status AS status, p.Status AS payment, r.Id AS ratingId,
    o.CreatedAt AS createdAt, o.UpdatedAt AS updatedAt, o.CompletedAt AS completedAt
  FROM Orders o
  JOIN Users s ON s.Id = o.SellerId
  JOIN Users b ON b.Id = o.BuyerId
  JOIN SellerListings l ON l.Id = o.ListingId
  LEFT JOIN Payments p ON p.OrderId = o.Id
  LEFT JOIN SellerRatings r ON r.SellerId = o.SellerId AND r.RaterId = o.BuyerId`;

const toRow = (raw: RawOrder): OrderRow => ({
  ...raw,
  priceE8: BigInt(raw.priceE8),
  createdAt: toDate(raw.createdAt),
  updatedAt: toDate(raw.updatedAt),
  completedAt: toDate(raw.completedAt),
});

export function ordersRepository(db: Queryable): OrdersRepository {
  const { prisma } = db;
  return {
    async findById(id) {
      const [row] = await db.read<RawOrder>(Prisma.sql`${SELECT_ORDERS} WHERE o.Id = ${id}`);
      return row ? toRow(row) : null;
    },

    async list(query) {
      const conditions = where([
        query.as === 'buyer' ? Prisma.sql`o.BuyerId = ${query.userId}` : Prisma.sql`o.SellerId = ${query.userId}`,
        query.before !== undefined && Prisma.sql`o.Id < ${query.before}`,
      ]);
      const newestFirst = orderBy([{ column: Prisma.sql`o.Id`, descending: true }]);
      return (await db.read<RawOrder>(Prisma.sql`${SELECT_ORDERS} ${conditions} ${newestFirst} ${limit(db.engine, query.limit)}`)).map(
        toRow,
      );
    },

    async events(orderId) {
      const rows = await prisma.orderEvent.findMany({ where: { orderId }, orderBy: { id: 'asc' } });
      return rows.map((row) => ({
        from: row.fromStatus as OrderStatus | null,
        to: row.toStatus as OrderStatus,
        actorId: row.actorId,
        at: row.at,
      }));
    },

    async create(order, at) {
      const { listingId, sellerId, buyerId, title, priceE8, currency } = order;
      const id = await insertReturningId(db, 'Orders', {
        ListingId: listingId,
        SellerId: sellerId,
        BuyerId: buyerId,
        Title: title,
        PriceE8: priceE8,
        Currency: currency,
        Status: 'placed',
        CreatedAt: at,
        UpdatedAt: at,
      });
      await prisma.orderEvent.createMany({ data: [{ orderId: id, fromStatus: null, toStatus: 'placed', actorId: order.buyerId, at }] });
      return id;
    },

    async lock(id) {
      await db.write(Prisma.sql`UPDATE Orders SET UpdatedAt = UpdatedAt WHERE Id = ${id}`);
    },

    async move(id, from, to, actorId, at) {
      const completed = to === 'completed' ? { completedAt: at } : {};
      const { count } = await prisma.order.updateMany({ where: { id, status: from }, data: { status: to, updatedAt: at, ...completed } });
      if (count !== 1) return false;
      await prisma.orderEvent.createMany({ data: [{ orderId: id, fromStatus: from, toStatus: to, actorId, at }] });
      return true;
    },
  };
}
