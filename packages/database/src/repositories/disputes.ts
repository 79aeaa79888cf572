import type { DisputesRepository, NewDisputeEvent } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insert, insertReturningId } from '../engine/insert.ts';
import { columns, countRows } from '../engine/rows.ts';

const DISPUTE = {
  id: 'd.Id',
  orderId: 'd.OrderId',
  reason: 'd.Reason',
  status: 'd.Status',
  openedFrom: 'd.OpenedFrom',
  offerE8: 'd.OfferE8',
  outcome: 'd.Outcome',
  amountE8: 'd.AmountE8',
  decidedBy: 'd.DecidedBy',
  createdAt: 'd.CreatedAt',
  closedAt: 'd.ClosedAt',
} as const;
const ONE = columns({ d: 'OrderDisputes' }, DISPUTE);
const OF_ORDER = columns(
  { d: 'OrderDisputes', o: 'Orders', b: 'Users', s: 'Users' },
  {
    ...DISPUTE,
    title: 'o.Title',
    buyerId: 'o.BuyerId',
    buyerName: 'b.FullName',
    sellerId: 'o.SellerId',
    sellerName: 's.FullName',
    currency: 'o.Currency',
    priceE8: 'o.PriceE8',
    shippingE8: 'o.ShippingE8',
    dueAt: 'o.DueAt',
  },
);
const EVENT = columns(
  { e: 'DisputeEvents' },
  { action: 'e.Action', actorId: 'e.ActorId', text: 'e.Text', amountE8: 'e.AmountE8', outcome: 'e.Outcome', at: 'e.At' },
);

export function disputesRepository(db: Queryable): DisputesRepository {
  const addEvent = (disputeId: number, { action, actorId, text, amountE8, outcome }: NewDisputeEvent, at: Date) =>
    insert(db, 'DisputeEvents', {
      DisputeId: disputeId,
      ActorId: actorId,
      Action: action,
      Outcome: outcome,
      AmountE8: amountE8,
      Text: text,
      At: at,
    });
  return {
    ofOrder: (orderId) => ONE.first(db, Prisma.sql`FROM OrderDisputes d WHERE d.OrderId = ${orderId}`),
    find: (id) => ONE.first(db, Prisma.sql`FROM OrderDisputes d WHERE d.Id = ${id}`),

    async create({ orderId, reason, openedFrom }, event, at) {
      const id = await insertReturningId(db, 'OrderDisputes', {
        OrderId: orderId,
        Reason: reason,
        Status: 'opened',
        OpenedFrom: openedFrom,
        CreatedAt: at,
      });
      await addEvent(id, event, at);
      return id;
    },

    async transition({ id, status }, to, change, event, at) {
      const { count } = await db.prisma.orderDispute.updateMany({ where: { id, status }, data: { status: to, ...change } });
      if (count === 1) await addEvent(id, event, at);
      return count === 1;
    },

    events: (disputeId) => EVENT.read(db, Prisma.sql`FROM DisputeEvents e WHERE e.DisputeId = ${disputeId} ORDER BY e.Id`),

    list: (statuses, after, rows) =>
      OF_ORDER.read(
        db,
        Prisma.sql`FROM OrderDisputes d
          JOIN Orders o ON o.Id = d.OrderId JOIN Users b ON b.Id = o.BuyerId JOIN Users s ON s.Id = o.SellerId
          WHERE d.Status IN (${Prisma.join([...statuses])}) AND d.Id > ${after} ORDER BY d.Id ${limit(db.engine, rows)}`,
      ),

    count: (statuses) => countRows(db, Prisma.sql`FROM OrderDisputes d WHERE d.Status IN (${Prisma.join([...statuses])})`),

    hasAdminBesides: async (ids) =>
      (await countRows(
        db,
        Prisma.sql`FROM UserRoles r JOIN Users u ON u.Id = r.UserId
          WHERE r.Role = 'admin' AND u.DisabledAt IS NULL AND r.UserId NOT IN (${Prisma.join([...ids])})`,
      )) > 0,
  };
}
