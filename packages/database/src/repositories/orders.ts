import { TEST_PROVIDER, type NewOrderItem, type OrdersRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertReturningId } from '../engine/insert.ts';
import { orderBy, where } from '../engine/keyset.ts';
import { lockRows } from '../engine/locks.ts';
import { bool, columns, computed, countRows, outer } from '../engine/rows.ts';
import { orderDeadlines } from './order-deadlines.ts';
import { CHARGE_OF_ATTEMPT } from './payments.ts';

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
    paymentWaits: bool(Prisma.sql`p.Status = 'pending' AND p.Reference <> ''`),
    chargeId: computed<number | null>(CHARGE_OF_ATTEMPT),
    ratingId: 'r.Id',
    groupId: 'o.GroupId',
    shippingE8: 'o.ShippingE8',
    note: 'o.Note',
    delivery: 'o.Delivery',
    escrowEnabled: 'o.EscrowEnabled',
    createdAt: 'o.CreatedAt',
    updatedAt: 'o.UpdatedAt',
    completedAt: 'o.CompletedAt',
    dueAt: 'o.DueAt',
    dueStatus: 'o.DueStatus',
    releaseAt: 'o.ReleaseAt',
    carrier: 'o.Carrier',
    trackingNumber: 'o.TrackingNumber',
  },
);
const ORDERS = Prisma.sql`
  FROM Orders o
  JOIN Users s ON s.Id = o.SellerId
  JOIN Users b ON b.Id = o.BuyerId
  JOIN SellerListings l ON l.Id = o.ListingId
  LEFT JOIN Payments p ON p.OrderId = o.Id
  LEFT JOIN SellerRatings r ON r.SellerId = o.SellerId AND r.RaterId = o.BuyerId`;

const ITEM = columns(
  { i: 'OrderItems' },
  {
    id: 'i.Id',
    orderId: 'i.OrderId',
    listingId: 'i.ListingId',
    title: 'i.Title',
    category: 'i.Category',
    unitPriceE8: 'i.UnitPriceE8',
    quantity: 'i.Quantity',
    cancelled: computed<number>(Prisma.sql`COALESCE((SELECT SUM(c.Quantity) FROM CancelledItems c WHERE c.ItemId = i.Id), 0)`),
    stock: 'i.Stock',
  },
);

const CANCELLED = columns(
  { c: 'CancelledItems' },
  { itemId: 'c.ItemId', quantity: 'c.Quantity', actorId: 'c.ActorId', reason: 'c.Reason', at: 'c.At' },
);

const GROUP = columns(
  { g: 'OrderGroups' },
  {
    id: 'g.Id',
    buyerId: 'g.BuyerId',
    currency: 'g.Currency',
    recipientName: 'g.RecipientName',
    line1: 'g.Line1',
    line2: 'g.Line2',
    postalCode: 'g.PostalCode',
    city: 'g.City',
    region: 'g.Region',
    country: 'g.Country',
    phone: 'g.Phone',
    createdAt: 'g.CreatedAt',
  },
);

const EVENT = columns(
  { e: 'OrderEvents' },
  { from: 'e.FromStatus', to: 'e.ToStatus', actorId: 'e.ActorId', reason: 'e.Reason', at: 'e.At' },
);

export function ordersRepository(db: Queryable): OrdersRepository {
  const { prisma } = db;
  const addItems = async (orderId: number, items: readonly NewOrderItem[]) => {
    await prisma.orderItem.createMany({ data: items.map((item) => ({ orderId, ...item })) });
  };
  return {
    findById: (id) => ORDER.first(db, Prisma.sql`${ORDERS} WHERE o.Id = ${id}`),

    list(query) {
      const conditions = where([
        query.as === 'buyer' ? Prisma.sql`o.BuyerId = ${query.userId}` : Prisma.sql`o.SellerId = ${query.userId}`,
        query.status !== undefined && Prisma.sql`o.Status = ${query.status}`,
        query.before !== undefined && Prisma.sql`o.Id < ${query.before}`,
      ]);
      const newestFirst = orderBy([{ column: Prisma.sql`o.Id`, descending: true }]);
      return ORDER.read(db, Prisma.sql`${ORDERS} ${conditions} ${newestFirst} ${limit(db.engine, query.limit)}`);
    },

    countSales: (sellerId, status) => countRows(db, Prisma.sql`FROM Orders o WHERE o.SellerId = ${sellerId} AND o.Status = ${status}`),

    events: (orderId) => EVENT.read(db, Prisma.sql`FROM OrderEvents e WHERE e.OrderId = ${orderId} ORDER BY e.Id`),

    countUnpaidGroups: (buyerId) =>
      countRows(
        db,
        Prisma.sql`FROM OrderGroups g WHERE g.BuyerId = ${buyerId}
          AND EXISTS (SELECT 1 FROM Orders o WHERE o.GroupId = g.Id AND o.Status IN ('placed', 'paying'))`,
      ),

    createGroup: ({ buyerId, currency, address }, at) =>
      insertReturningId(db, 'OrderGroups', {
        BuyerId: buyerId,
        Currency: currency,
        RecipientName: address?.recipientName ?? null,
        Line1: address?.line1 ?? null,
        Line2: address?.line2 ?? null,
        PostalCode: address?.postalCode ?? null,
        City: address?.city ?? null,
        Region: address?.region ?? null,
        Country: address?.country ?? null,
        Phone: address?.phone ?? null,
        CreatedAt: at,
      }),

    async findGroup(id) {
      const row = await GROUP.first(db, Prisma.sql`FROM OrderGroups g WHERE g.Id = ${id}`);
      if (!row) return null;
      const { buyerId, currency, createdAt, recipientName, line1, city, country, ...rest } = row;
      const isGiven = recipientName !== null && line1 !== null && city !== null && country !== null;
      const { id: _id, ...optional } = rest;
      return { id, buyerId, currency, createdAt, address: isGiven ? { recipientName, line1, city, country, ...optional } : null };
    },

    listOfGroup: (groupId) => ORDER.read(db, Prisma.sql`${ORDERS} WHERE o.GroupId = ${groupId} ORDER BY o.Id`),

    addItems,

    cancelledItems: (orderId) => CANCELLED.read(db, Prisma.sql`FROM CancelledItems c WHERE c.OrderId = ${orderId} ORDER BY c.Id`),

    async cancelItems(orderId, cancelled) {
      await prisma.cancelledItem.createMany({ data: cancelled.map((each) => ({ orderId, ...each })) });
    },

    async items(orderIds) {
      if (orderIds.length === 0) return new Map();
      const rows = await ITEM.read(db, Prisma.sql`FROM OrderItems i WHERE i.OrderId IN (${Prisma.join([...orderIds])}) ORDER BY i.Id`);
      return Map.groupBy(rows, ({ orderId }) => orderId);
    },

    async create(order, at) {
      const [first] = order.items;
      const id = await insertReturningId(db, 'Orders', {
        GroupId: order.groupId,
        ListingId: first!.listingId,
        SellerId: order.sellerId,
        BuyerId: order.buyerId,
        Title: first!.title,
        PriceE8: order.priceE8,
        ShippingE8: order.shippingE8,
        Currency: order.currency,
        Note: order.note,
        Delivery: order.delivery,
        EscrowEnabled: order.escrowEnabled,
        Status: 'placed',
        CreatedAt: at,
        UpdatedAt: at,
        DueAt: order.dueAt,
        DueStatus: order.dueAt && 'placed',
      });
      await prisma.orderEvent.createMany({ data: [{ orderId: id, fromStatus: null, toStatus: 'placed', actorId: order.buyerId, at }] });
      await addItems(id, order.items);
      return id;
    },

    lock: (id) => lockRows(db, 'Orders', 'UpdatedAt', Prisma.sql`Id = ${id}`),

    soldToAnother: async ({ id, listingId, createdAt }, before) =>
      (await countRows(
        db,
        Prisma.sql`FROM Orders o JOIN OrderEvents e ON e.OrderId = o.Id
          WHERE o.ListingId = ${listingId} AND o.Id <> ${id} AND o.Status NOT IN ('cancelled', 'declined')
            AND e.ToStatus = 'paid' AND e.At >= ${createdAt} AND e.At <= ${before}`,
      )) > 0,

    async transition(id, from, to, { actorId, reason, dueAt, releaseAt, shipment }, at) {
      const completed = to === 'completed' ? { completedAt: at } : {};
      const due = { dueAt, dueStatus: dueAt && to, remindedAt: null };
      const { count } = await prisma.order.updateMany({
        where: { id, status: from },
        data: { status: to, updatedAt: at, ...due, releaseAt, ...completed, ...shipment },
      });
      if (count !== 1) return false;
      await prisma.orderEvent.createMany({ data: [{ orderId: id, fromStatus: from, toStatus: to, actorId, reason, at }] });
      return true;
    },

    ...orderDeadlines(db),
  };
}
