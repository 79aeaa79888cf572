import type { ReturnRow, ReturnsRepository } from '@assay/core';
import type { DeliveryAddress } from '@assay/contract';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insert, insertReturningId } from '../engine/insert.ts';
import { columns } from '../engine/rows.ts';

const RETURN = columns(
  { r: 'Returns' },
  {
    id: 'r.Id',
    orderId: 'r.OrderId',
    reason: 'r.Reason',
    status: 'r.Status',
    dueAt: 'r.DueAt',
    recipientName: 'r.RecipientName',
    line1: 'r.Line1',
    line2: 'r.Line2',
    postalCode: 'r.PostalCode',
    city: 'r.City',
    region: 'r.Region',
    country: 'r.Country',
    phone: 'r.Phone',
    carrier: 'r.Carrier',
    trackingNumber: 'r.TrackingNumber',
    refundE8: 'r.RefundE8',
    createdAt: 'r.CreatedAt',
    closedAt: 'r.ClosedAt',
  },
  ({ recipientName, line1, line2, postalCode, city, region, country, phone, ...row }): ReturnRow => {
    const isGiven = recipientName !== null && line1 !== null && city !== null && country !== null;
    const address: DeliveryAddress | null = isGiven ? { recipientName, line1, line2, postalCode, city, region, country, phone } : null;
    return { ...row, address };
  },
);
const ITEM = columns({ i: 'ReturnItems' }, { returnId: 'i.ReturnId', itemId: 'i.ItemId', quantity: 'i.Quantity' });
const EVENT = columns({ e: 'ReturnEvents' }, { action: 'e.Action', actorId: 'e.ActorId', text: 'e.Text', at: 'e.At' });
const ORDER_ID = columns({ r: 'Returns' }, { orderId: 'r.OrderId' });

const openKeyOf = (orderId: number) => `open:${orderId}`;

export function returnsRepository(db: Queryable): ReturnsRepository {
  const { prisma } = db;
  return {
    find: (id) => RETURN.first(db, Prisma.sql`FROM Returns r WHERE r.Id = ${id}`),
    openOf: (orderId) => RETURN.first(db, Prisma.sql`FROM Returns r WHERE r.OpenKey = ${openKeyOf(orderId)}`),
    listOf: (orderId) => RETURN.read(db, Prisma.sql`FROM Returns r WHERE r.OrderId = ${orderId} ORDER BY r.Id`),

    itemsOf: (orderId) =>
      ITEM.read(
        db,
        Prisma.sql`FROM ReturnItems i JOIN Returns r ON r.Id = i.ReturnId WHERE r.OrderId = ${orderId} ORDER BY i.ReturnId, i.ItemId`,
      ),

    events: (returnId) => EVENT.read(db, Prisma.sql`FROM ReturnEvents e WHERE e.ReturnId = ${returnId} ORDER BY e.Id`),

    async create({ orderId, reason, dueAt }, items, { action, actorId, text }, at) {
      const row = {
        OrderId: orderId,
        OpenKey: openKeyOf(orderId),
        Reason: reason,
        Status: 'requested' as const,
        DueAt: dueAt,
        CreatedAt: at,
      };
      const id = await insertReturningId(db, 'Returns', row);
      await prisma.returnItem.createMany({ data: items.map((item) => ({ returnId: id, ...item })) });
      await insert(db, 'ReturnEvents', { ReturnId: id, ActorId: actorId, Action: action, Text: text, At: at });
      return id;
    },

    async transition({ id, status }, to, { address, dueAt, ...change }, { action, actorId, text }, at) {
      const closed = dueAt === null ? { closedAt: at, openKey: `return:${id}` } : {};
      const data = { status: to, dueAt, ...change, ...address, ...closed };
      if ((await prisma.return.updateMany({ where: { id, status }, data })).count !== 1) return false;
      await insert(db, 'ReturnEvents', { ReturnId: id, ActorId: actorId, Action: action, Text: text, At: at });
      return true;
    },

    async listDue(by, rows) {
      const due = Prisma.sql`FROM Returns r WHERE r.DueAt <= ${by} ORDER BY r.DueAt, r.Id ${limit(db.engine, rows)}`;
      return (await ORDER_ID.read(db, due)).map(({ orderId }) => orderId);
    },

    async setDue(id, dueAt) {
      await prisma.return.updateMany({ where: { id, closedAt: null }, data: { dueAt } });
    },
  };
}
