import type { OrderDetail, OrderStatus, OrderView } from '@assay/contract';
import { endDueOrders, type DueOrders } from '@assay/core';
import {
  createPerson,
  createSeller,
  createTestDatabase,
  onEachEngine,
  restClient,
  startApi,
  type TestApi,
  type TestDatabase,
} from '@assay/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

onEachEngine('deadlines of orders', (engine) => {
  let db: TestDatabase;
  let api: TestApi;
  let captures: 'at once' | 'never' = 'at once';

  beforeAll(async () => {
    db = await createTestDatabase(engine);
    const payments = {
      name: 'counting',
      capture: ({ orderIds }: { orderIds: readonly number[] }) =>
        captures === 'at once'
          ? Promise.resolve({ status: 'done' as const, reference: `ref_${orderIds[0]}` })
          : Promise.reject(new Error('away')),
      refund: ({ reference }: { reference: string }) => Promise.resolve({ status: 'done' as const, reference: `refund_${reference}` }),
      lookUp: () => Promise.reject(new Error('away')),
    };
    api = await startApi(db, {}, { payments });
  });
  afterAll(async () => {
    await api.close();
    await db.drop();
  });

  const orders = () => db.database.prisma.order;
  const run = (): Promise<DueOrders> =>
    endDueOrders(api.container.context({ kind: 'system', name: 'due-orders' }, 'r'), new AbortController().signal);
  async function place() {
    const seller = await createSeller(db.database);
    const buyer = await createPerson(db.database);
    const [token, sellerToken] = [api.tokenFor(buyer), api.tokenFor(seller)];
    const rest = restClient(api.url);
    const { id } = (await rest.post('/orders', { listingId: seller.listingId }, { token })).body as OrderView;
    const order = {
      id,
      buyer,
      seller,
      asBuyer: (move: string, body?: object) => rest.post(`/orders/${id}/${move}`, body, { token }),
      asSeller: (move: string, body?: object) => rest.post(`/orders/${id}/${move}`, body, { token: sellerToken }),
      read: async () => (await rest.get(`/orders/${id}`, { token })).body as OrderDetail,
      /** Lets time pass until its state has ended. */
      due: () => orders().updateMany({ where: { id }, data: { dueAt: new Date(Date.now() - 1000) } }),
      at: async (status: OrderStatus) => {
        if (status === 'placed') return order;
        await order.asBuyer('pay');
        if (status === 'shipped' || status === 'delivered') await order.asSeller('ship', { carrier: 'dhl', trackingNumber: '00340' });
        if (status === 'delivered') await order.asSeller('deliver');
        return order;
      },
    };
    return order;
  }
  const daysLeft = ({ dueAt }: Pick<OrderView, 'dueAt'>) => (Date.parse(dueAt!) - Date.now()) / DAY_MS;

  it.each<[OrderStatus, number, OrderStatus]>([
    ['placed', 15 / (24 * 60), 'cancelled'],
    ['paid', 14, 'cancelled'],
    ['shipped', 21, 'delivered'],
    ['delivered', 14, 'completed'],
  ])('an order that is %s has %d days, and is %s then, by itself', async (status, days, to) => {
    const order = await (await place()).at(status);
    const before = await order.read();
    expect(before).toMatchObject({ status, dueTo: to });
    expect(daysLeft(before)).toBeCloseTo(days, 2);
    await run();
    expect((await order.read()).status).toBe(status);
    await order.due();
    expect(await run()).toMatchObject({ ended: 1, failed: [] });
    const after = await order.read();
    expect(after.status).toBe(to);
    expect(after.events.at(-1)).toMatchObject({ from: status, to, by: 'system', byBuyer: false });
    expect(await run()).toMatchObject({ ended: 0 });
    if (status === 'paid') expect(['refunding', 'refunded']).toContain(after.payment);
  });

  it('says why each of them ended', async () => {
    const reasons: unknown[] = [];
    for (const status of ['placed', 'paid', 'shipped', 'delivered'] as const) {
      const order = await (await place()).at(status);
      await order.due();
      await run();
      reasons.push((await order.read()).events.at(-1)!.reason);
    }
    expect(reasons).toEqual(['not-paid', 'not-shipped', 'delivery-time-passed', 'not-disputed']);
  });

  it('an order whose payment has no outcome yet is never cancelled: it waits for it', async () => {
    const order = await place();
    captures = 'never';
    expect((await order.asBuyer('pay')).body).toMatchObject({ status: 'paying', payment: 'unresolved' });
    captures = 'at once';
    await order.due();
    expect(await run()).toMatchObject({ ended: 0, failed: [] });
    expect(await order.read()).toMatchObject({ status: 'paying', payment: 'unresolved' });
    // An earlier release leaves an order that is being paid as it was.
    await orders().updateMany({ where: { id: order.id }, data: { status: 'placed', dueStatus: 'placed', dueAt: new Date(0) } });
    expect(await run()).toMatchObject({ ended: 0, failed: [] });
    expect(await order.read()).toMatchObject({ status: 'placed', payment: 'unresolved', moves: [] });
  });

  it('orders of an earlier release get the full time from the upgrade, also where it has changed their state alone', async () => {
    const [old, mixed] = [await (await place()).at('paid'), await (await place()).at('paid')];
    await orders().updateMany({
      where: { id: old.id },
      data: { dueAt: null, dueStatus: null, createdAt: new Date(0), updatedAt: new Date(0) },
    });
    await orders().updateMany({ where: { id: mixed.id }, data: { dueAt: new Date(0), dueStatus: 'placed' } });
    expect(await mixed.read()).toMatchObject({ dueAt: null, dueTo: null });
    expect(await run()).toMatchObject({ adopted: 2, ended: 0 });
    for (const order of [old, mixed]) expect(daysLeft(await order.read())).toBeCloseTo(14, 2);
    expect(await run()).toMatchObject({ adopted: 0, ended: 0 });
  });

  it('of many runs and a party at once, each order ends once, and its money moves once', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, async () => (await place()).at('paid')));
    for (const order of all) await order.due();
    const [cancelled, ...runs] = await Promise.all([all[0]!.asBuyer('cancel'), run(), run(), run()]);
    expect(runs.flatMap(({ failed }) => failed)).toEqual([]);
    const byDeadline = runs.reduce((sum, { ended }) => sum + ended, 0);
    expect(byDeadline).toBe(cancelled.status === 200 ? 5 : 6);
    for (const { id, read } of all) {
      const { status, events } = await read();
      expect([status, events.filter(({ to }) => to === 'cancelled').length]).toEqual(['cancelled', 1]);
      expect(await db.database.prisma.refund.count({ where: { orderId: id } })).toBe(1);
    }
  });

  it('one order that cannot be ended keeps no other waiting, and is tried again an hour later', async () => {
    const [broken, sound] = [await (await place()).at('paid'), await (await place()).at('paid')];
    await db.database.prisma.payment.deleteMany({ where: { orderId: broken.id } });
    for (const order of [broken, sound]) await order.due();
    const { failed } = await run();
    expect(failed).toMatchObject([{ orderId: broken.id }]);
    expect((await sound.read()).status).toBe('cancelled');
    const later = await broken.read();
    expect([later.status, Math.round(daysLeft(later) * 24)]).toEqual(['paid', 1]);
  });

  it('reminds the buyer two days before a delivered order is completed, once; the seller before a paid one is cancelled', async () => {
    for (const [status, who] of [
      ['delivered', 'buyer'],
      ['paid', 'seller'],
    ] as const) {
      const order = await (await place()).at(status);
      const userId = order[who].id;
      await db.database.prisma.user.update({
        where: { id: userId },
        data: { email: `r${userId}@example.test`, emailVerifiedAt: new Date() },
      });
      const emails = () => db.database.prisma.emailMessage.findMany({ where: { userId, kind: 'order-reminder' } });
      await run();
      expect(await emails()).toEqual([]);
      await orders().updateMany({ where: { id: order.id }, data: { dueAt: new Date(Date.now() + 2 * DAY_MS - MINUTE_MS) } });
      expect(await run()).toMatchObject({ reminded: 1, ended: 0 });
      expect(await run()).toMatchObject({ reminded: 0 });
      const [email] = await emails();
      expect(email!.subject).toContain(`order ${order.id}`);
    }
  });

  it('a reason belongs to the side that gives it, and stands in the history', async () => {
    const order = await (await place()).at('paid');
    const wrong = await order.asBuyer('cancel', { reason: 'out-of-stock' });
    expect([wrong.status, wrong.body.code, wrong.body.errors?.[0]?.field]).toEqual([400, 'VALIDATION_FAILED', 'reason']);
    expect((await order.asSeller('decline', { reason: 'out-of-stock' })).body).toMatchObject({ status: 'declined' });
    expect((await order.read()).events.at(-1)).toMatchObject({ to: 'declined', by: 'seller', reason: 'out-of-stock' });
  });

  it('a shipment has a carrier and a number, which lead to the carrier’s page', async () => {
    const order = await (await place()).at('shipped');
    expect(await order.read()).toMatchObject({
      carrier: 'dhl',
      trackingNumber: '00340',
      trackingUrl: 'https://www.dhl.com/global-en/home/tracking.html?tracking-id=00340',
    });
    const plain = await (await place()).at('paid');
    expect((await plain.asSeller('ship')).body).toMatchObject({ status: 'shipped', carrier: null, trackingUrl: null, moves: [] });
  });
});
