import type { UnresolvedView } from '@assay/contract';
import { endDueOrders, verifyLedger } from '@assay/core';
import {
  createPerson,
  createTestDatabase,
  onEachEngine,
  restClient,
  runNextTask,
  runTasks,
  startApi,
  type TestApi,
  type TestDatabase,
} from '@assay/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBank, placedGroup, placedOrder } from './lib-payments.ts';

const HOUR_MS = 3_600_000;
const EURO_E8 = 100_000_000n;

onEachEngine('charges', (engine) => {
  let db: TestDatabase;
  let api: TestApi;
  let admin: string;
  const bank = createBank();

  beforeAll(async () => {
    db = await createTestDatabase(engine);
    api = await startApi(db, {}, { payments: bank.provider });
    admin = api.tokenFor(await createPerson(db.database, ['admin']));
  });
  beforeEach(async () => {
    await db.database.prisma.task.deleteMany(); // those that the test before left
    bank.behave('acts');
    bank.moved.length = bank.calls.length = 0;
    bank.forgetKeys();
  });
  afterEach(async () => {
    expect((await verifyLedger(system())).differences).toEqual([]);
  });
  afterAll(async () => {
    await api.close();
    await db.drop();
  });

  const system = (laterMs = 0) =>
    api.container.context({ kind: 'system', name: 'test' }, 'test', undefined, () => new Date(Date.now() + laterMs));
  const rest = () => restClient(api.url);
  const place = (count?: number) => placedGroup(db, api, count);
  const capture = (laterMs: number) => runNextTask(api.container, 'charge.capture', { laterMs });
  const entries = (orderIds: number[]) => db.database.prisma.ledgerEntry.count({ where: { orderId: { in: orderIds }, kind: 'payment' } });
  const moved = () => bank.moved.map(({ kind, amountE8 }) => [kind, Number(amountE8 / EURO_E8)]);

  it('one charge pays the orders of several sellers: each order has its share, and its entry in the ledger', async () => {
    const { id, ids, quote, pay, payments, charges, group, order, statuses } = await place(3);
    expect(quote.testPayment).toBe(false);
    expect((await group()).payable).toEqual({ orderIds: ids, total: '60.00' });
    expect((await order(ids[1]!)).payable).toEqual({ orderIds: ids, total: '60.00' });
    const paid = await pay();
    expect(paid.status).toBe(200);
    expect(paid.body).toMatchObject({ id, total: '60.00', payable: null, orders: ids.map((one) => ({ id: one, status: 'paid' })) });
    expect(moved()).toEqual([['payment', 60]]);
    const [charge] = await charges();
    expect(charge).toMatchObject({ amountE8: 60n * EURO_E8, status: 'captured', reference: bank.moved[0]!.reference });
    expect(charge!.providerKey).toMatch(/^charge:[\da-f-]{36}$/);
    const shares = await payments();
    expect(shares.reduce((sum, { amountE8 }) => sum + amountE8, 0n)).toBe(charge!.amountE8);
    for (const share of shares) expect(share).toMatchObject({ status: 'captured', chargeId: charge!.id, reference: charge!.reference });
    expect(await entries(ids)).toBe(3);
    expect(await statuses()).toEqual(['paid', 'paid', 'paid']);
    const again = await pay();
    expect([again.status, again.body.code]).toEqual([409, 'ILLEGAL_MOVE']);
  });

  it('only its buyer pays a checkout', async () => {
    const { id, ids, sellerToken } = await place();
    for (const token of [sellerToken(ids[0]!), api.tokenFor(await createPerson(db.database))])
      expect((await rest().post(`/checkout/${id}/pay`, undefined, { token })).body.code).toBe('ORDER_NOT_FOUND');
    expect(bank.calls).toEqual([]);
  });

  it('a refund of one order takes its share back, and leaves the others', async () => {
    const { ids, pay, ship, refund, cancel, statuses, order } = await place();
    await pay();
    await ship(ids[0]!);
    expect((await refund(ids[0]!, '10.01')).body.code).toBe('REFUND_TOO_HIGH');
    expect((await refund(ids[0]!, '4.00')).body.status).toBe('done');
    expect(await statuses()).toEqual(['shipped', 'paid']);
    expect((await cancel(ids[1]!)).body.status).toBe('cancelled');
    expect(moved()).toEqual([
      ['payment', 30],
      ['refund', 4],
      ['refund', 20],
    ]);
    expect(await order(ids[0]!)).toMatchObject({ payment: 'captured', refunded: '4.00' });
    expect(await order(ids[1]!)).toMatchObject({ payment: 'refunded', refunded: '20.00' });
  });

  it('of many that pay at once, the whole or an order by itself, each order is charged once', async () => {
    for (let round = 0; round < 3; round++) {
      bank.moved.length = 0;
      const { ids, pay, payOne, statuses, payments } = await place(3);
      const answers = await Promise.all([pay(), payOne(ids[1]!), pay(), pay(), payOne(ids[0]!), pay()]);
      for (const { status, body } of answers) if (status !== 200) expect(body.code).toBe('ILLEGAL_MOVE');
      expect(await statuses()).toEqual(['paid', 'paid', 'paid']);
      expect(bank.sumOf('payment')).toBe(60n * EURO_E8);
      expect((await payments()).map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
      expect(await entries(ids)).toBe(3);
    }
  });

  it('of many that pay the whole at once, one charges', async () => {
    const { pay, charges, statuses } = await place();
    const answers = await Promise.all(Array.from({ length: 6 }, () => pay()));
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    expect(moved()).toEqual([['payment', 30]]);
    expect(await charges()).toHaveLength(1);
    expect(await statuses()).toEqual(['paid', 'paid']);
  });

  it('a second click while it is being paid begins nothing, and gets the same answer', async () => {
    const { pay, charges } = await place();
    bank.behave('away');
    for (let i = 0; i < 2; i++)
      expect((await pay()).body).toMatchObject({ payable: null, orders: [{ status: 'paying' }, { status: 'paying' }] });
    expect(await charges()).toHaveLength(1);
  });

  it('a refusal puts all of its orders back; they are paid again, one alone and the rest together', async () => {
    const { ids, pay, payOne, statuses, charges, group } = await place(3);
    bank.behave('refuses');
    expect((await pay()).body.orders).toMatchObject(ids.map(() => ({ status: 'placed', payment: 'failed' })));
    expect((await charges()).map(({ status, failure }) => [status, failure])).toEqual([['failed', 'insufficient_funds']]);
    bank.behave('acts');
    expect((await payOne(ids[1]!)).body.status).toBe('paid');
    expect((await group()).payable).toEqual({ orderIds: [ids[0], ids[2]], total: '40.00' });
    await pay();
    expect(await statuses()).toEqual(['paid', 'paid', 'paid']);
    expect(moved()).toEqual([
      ['payment', 20],
      ['payment', 40],
    ]);
    expect(new Set((await charges()).map(({ providerKey }) => providerKey)).size).toBe(3);
  });

  it('money for a charge one of whose orders was cancelled meanwhile is given back for that order alone', async () => {
    const { ids, pay, statuses, order } = await place();
    bank.behave('drops');
    await pay();
    bank.behave('acts');
    await db.database.prisma.order.updateMany({ where: { id: ids[0] }, data: { status: 'cancelled' } });
    expect(await capture(HOUR_MS)).toMatchObject({ result: 'done' });
    await runTasks(api.container, 'refund.send', { laterMs: HOUR_MS });
    expect(await statuses()).toEqual(['cancelled', 'paid']);
    expect(moved()).toEqual([
      ['payment', 30],
      ['refund', 10],
    ]);
    expect(await order(ids[0]!)).toMatchObject({ payment: 'refunded', refunded: '10.00' });
  });

  it('a deadline ends none of its orders while it may still be captured', async () => {
    const { pay, statuses } = await place();
    bank.behave('drops');
    await pay();
    bank.behave('acts');
    await endDueOrders(system(HOUR_MS), new AbortController().signal);
    expect(await statuses()).toEqual(['paying', 'paying']);
    await capture(HOUR_MS);
    expect(await statuses()).toEqual(['paid', 'paid']);
  });

  it('an unresolved charge is one entry for admins, who settle all of its orders; none of their own', async () => {
    const { ids, pay, statuses, sellerToken } = await place();
    bank.behave('away');
    await pay();
    const { items } = (await rest().get('/payments/unresolved', { token: admin })).body as { items: UnresolvedView[] };
    expect(items.filter(({ orderIds }) => orderIds.includes(ids[1]!))).toMatchObject([
      { kind: 'payment', id: ids[0], orderId: ids[0], orderIds: ids, amount: '30.00' },
    ]);
    const settle = (token: string) =>
      rest().post(`/payments/${ids[0]!}/settle`, { done: true, reference: 'seen_1', reason: 'Seen there.' }, { token });
    const { sellerId } = (await db.database.prisma.order.findUnique({ where: { id: ids[1] } }))!;
    await db.database.prisma.userRole.create({ data: { userId: sellerId, role: 'admin' } });
    expect((await settle(sellerToken(ids[1]!))).body.code).toBe('OWN_CASE');
    expect((await settle(admin)).status).toBe(204);
    expect(await statuses()).toEqual(['paid', 'paid']);
    expect(await entries(ids)).toBe(2);
    const audited = await db.database.prisma.auditEntry.findMany({
      where: { action: 'payment.settled-by-hand', entityId: { in: ids.map(String) } },
    });
    expect(audited).toHaveLength(2);
  });

  describe('of an older release', () => {
    /** As an older release begins to pay an order: without a charge. */
    async function begun(orderId: number, attempt = 1) {
      const payment = { provider: 'bank', reference: '', amountE8: 1_250_000_000n, currency: 'EUR', status: 'pending', attempt };
      await db.database.prisma.payment.upsert({ where: { orderId }, create: { orderId, ...payment }, update: payment });
      await db.database.prisma.order.updateMany({ where: { id: orderId }, data: { status: 'paying' } });
      await api.container
        .context({ kind: 'system', name: 'test' }, 'test')
        .change((tx) => tx.enqueue('payment.capture', { orderId, attempt }, { key: `payment:${orderId}:capture:${attempt}` }));
    }
    const runEarlier = (laterMs: number) => runNextTask(api.container, 'payment.capture', { laterMs });

    it('a payment is captured with the key that it had', async () => {
      const { id, order } = await placedOrder(db, api);
      await begun(id);
      bank.behave('drops');
      await runEarlier(0);
      bank.behave('acts');
      const { items } = (await rest().get('/payments/unresolved', { token: admin })).body as { items: UnresolvedView[] };
      expect(items.find(({ orderId }) => orderId === id)).toMatchObject({ key: `payment:${id}:capture:1`, orderIds: [id] });
      expect(await runEarlier(HOUR_MS)).toMatchObject({ result: 'done' });
      expect(await order()).toMatchObject({ status: 'paid', payment: 'captured' });
      expect([moved().length, new Set(bank.calls)]).toEqual([1, new Set([`payment:${id}:capture:1`])]);
    });

    it('an attempt after a charge that failed is its own: the charge is not counted for it', async () => {
      const { id, move, order, charge } = await placedOrder(db, api);
      bank.behave('refuses');
      await move('buyer', 'pay');
      bank.behave('acts');
      const failed = await charge();
      await begun(id, 2);
      expect(await api.container.repos.charges.find(failed.id)).toMatchObject({ status: 'failed', shares: [] });
      await runEarlier(0);
      expect((await order()).status).toBe('paid');
      expect(bank.calls.at(-1)).toBe(`payment:${id}:capture:2`);
      expect(moved()).toHaveLength(1);
    });

    it('a failed payment is paid again by a charge', async () => {
      const { id, move, payment } = await placedOrder(db, api);
      await begun(id);
      bank.behave('refuses');
      await runEarlier(0);
      bank.behave('acts');
      expect((await move('buyer', 'pay')).body.status).toBe('paid');
      expect(await payment()).toMatchObject({ attempt: 2, chargeAttempt: 2 });
    });
  });
});
