import { TEST_PROVIDER, type OrdersRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertReturningId } from '../engine/insert.ts';
import { orderBy, where } from '../engine/keyset.ts';
import { lockRows } from '../engine/locks.ts';
import { bool, columns, countRows, outer } from '../engine/rows.ts';

const ORDER = columns(
  { o: 'Orders', s: 'Users', b: 'Users', l: 'SellerListings', p: outer('Payments'), r: outer('SellerRatings') },
  {
    id: 'o.Id',
    listingId: 'o.ListingId',
    sellerId: 'o.SellerId',
    sellerName: 's.FullName',
    buyerId: 'o.BuyerId',
    buyerName: 'b.FullName',
    title: 'o.Title',
    category: 'l.Category',
    priceE8: 'o.PriceE8',
    currency: 'o.Currency',
    status: 'o.Status',
    payment: 'p.Status',
    testPayment: bool(Prisma.sql`p.Provider = ${TEST_PROVIDER}`),
    ratingId: 'r.Id',
    createdAt: 'o.CreatedAt',
    updatedAt: 'o.UpdatedAt',
    completedAt: 'o.CompletedAt',
  },
);
const ORDERS = Prisma.sql`
  FROM Orders o
  JOIN Users s ON s.Id = o.SellerId
  JOIN Users b ON b.Id = o.BuyerId
  JOIN SellerListings l ON l.Id = o.ListingId
  LEFT JOIN Payments p ON p.OrderId = o.Id
  LEFT JOIN SellerRatings r ON r.SellerId = o.SellerId AND r.RaterId = o.BuyerId`;

const EVENT = columns({ e: 'OrderEvents' }, { from: 'e.FromStatus', to: 'e.ToStatus', actorId: 'e.ActorId', at: 'e.At' });

export function ordersRepository(db: Queryable): OrdersRepository {
  const { prisma } = db;
  return {
    findById: (id) => ORDER.first(db, Prisma.sql`${ORDERS} WHERE o.Id = ${id}`),

    list(query) {
      const conditions = where([
        query.as === 'buyer' ? Prisma.sql`o.BuyerId = ${query.userId}` : Prisma.sql`o.SellerId = ${query.userId}`,
        query.before !== undefined && Prisma.sql`o.Id < ${query.before}`,
      ]);
      const newestFirst = orderBy([{ column: Prisma.sql`o.Id`, descending: true }]);
      return ORDER.read(db, Prisma.sql`${ORDERS} ${conditions} ${newestFirst} ${limit(db.engine, query.limit)}`);
    },

    events: (orderId) => EVENT.read(db, Prisma.sql`FROM OrderEvents e WHERE e.OrderId = ${orderId} ORDER BY e.Id`),

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

    lock: (id) => lockRows(db, 'Orders', 'UpdatedAt', Prisma.sql`Id = ${id}`),

    async competition({ id, listingId, createdAt }, before) {
      const other = Prisma.sql`o.ListingId = ${listingId} AND o.Id <> ${id}`;
      const until = before ? Prisma.sql`AND e.At <= ${before}` : Prisma.empty;
      const sold = await countRows(
        db,
        Prisma.sql`FROM Orders o JOIN OrderEvents e ON e.OrderId = o.Id
          WHERE ${other} AND o.Status <> 'cancelled' AND e.ToStatus = 'paid' AND e.At >= ${createdAt} ${until}`,
      );
      if (sold > 0) return 'sold';
      const pending = await countRows(
        db,
        Prisma.sql`FROM Orders o JOIN Payments p ON p.OrderId = o.Id WHERE ${other} AND p.Status IN ('pending', 'unresolved')`,
      );
      return pending > 0 ? 'being-paid' : null;
    },

    listUnpaid: (listingId, rows) =>
      ORDER.read(
        db,
        Prisma.sql`${ORDERS} WHERE o.ListingId = ${listingId} AND o.Status = 'placed' AND (p.Status IS NULL OR p.Status = 'failed')
          ORDER BY o.Id ${limit(db.engine, rows)}`,
      ),

    async transition(id, from, to, actorId, at) {
      const completed = to === 'completed' ? { completedAt: at } : {};
      const { count } = await prisma.order.updateMany({ where: { id, status: from }, data: { status: to, updatedAt: at, ...completed } });
      if (count !== 1) return false;
      await prisma.orderEvent.createMany({ data: [{ orderId: id, fromStatus: from, toStatus: to, actorId, at }] });
      return true;
    },
  };
}
