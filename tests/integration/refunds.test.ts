import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ROOT } from '@assay/api';
import {
  createPerson,
  createSeller,
  createTestDatabase,
  onEachEngine,
  restClient,
  runNextTask,
  startApi,
  startReceiver,
  testEnvironment,
  type Receiver,
  type TestApi,
  type TestDatabase,
} from '@assay/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBank, placedOrder, shippedOrder } from './lib-payments.ts';

const HOUR_MS = 3_600_000;

onEachEngine('refunds', (engine) => {
  let db: TestDatabase;
  let api: TestApi;
  const bank = createBank();

  beforeAll(async () => {
    db = await createTestDatabase(engine);
    api = await startApi(db, {}, { payments: bank.provider });
  });
  beforeEach(() => {
    bank.behave('acts');
    bank.moved.length = bank.calls.length = 0;
    bank.forgetKeys();
  });
  afterAll(async () => {
    await api.close();
    await db.drop();
  });

  const rest = () => restClient(api.url);
  const adminToken = async () => api.tokenFor(await createPerson(db.database, ['admin']));
  /** What the ledger has of an order, by account. */
  const balancesOf = async (orderId: number) => {
    const postings = await db.database.prisma.ledgerPosting.findMany({ where: { entry: { orderId } } });
    const sums: Record<string, bigint> = {};
    for (const { account, amountMinor } of postings) sums[account] = (sums[account] ?? 0n) + amountMinor;
    return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0n));
  };
  const send = (laterMs: number) => runNextTask(api.container, 'refund.send', { laterMs });

  it('a seller refunds in parts, and then what is left; both sides see it', async () => {
    const { refund, order, payment } = await shippedOrder(db, api);
    const first = await refund({ amount: '2.50', reason: 'damaged' });
    expect([first.status, first.body]).toMatchObject([201, { amount: '2.50', currency: 'EUR', reason: 'damaged', status: 'done' }]);
    expect(await order('buyer')).toMatchObject({ payment: 'captured', refunded: '2.50', refundable: null, refunds: [{ amount: '2.50' }] });
    expect(await order('seller')).toMatchObject({ refunded: '2.50', refundable: '10.00' });
    expect((await refund({ amount: '10.01', reason: 'other' })).body.code).toBe('REFUND_TOO_HIGH');
    expect((await refund({ reason: 'returned' })).body).toMatchObject({ amount: '10.00', status: 'done' });
    expect(await order('seller')).toMatchObject({ payment: 'refunded', status: 'shipped', refunded: '12.50', refundable: null });
    expect(await payment()).toMatchObject({ status: 'refunded', refundedE8: 1_250_000_000n, refundPendingE8: 0n });
    expect((await refund({ amount: '0.01', reason: 'other' })).body.code).toBe('ILLEGAL_MOVE');
    expect(bank.sumOf('refund')).toBe(bank.sumOf('payment'));
  });

  it('its buyer cannot, a stranger sees no order, an admin can', async () => {
    const { id, refund, tokens } = await shippedOrder(db, api);
    const stranger = api.tokenFor(await createPerson(db.database, ['buyer', 'seller']));
    expect((await refund({ reason: 'other' }, tokens.buyer)).body.code).toBe('FORBIDDEN');
    expect((await refund({ reason: 'other' }, stranger)).body.code).toBe('ORDER_NOT_FOUND');
    const admin = await adminToken();
    expect((await refund({ amount: '1.00', reason: 'other' }, admin)).body.code).toBe('VALIDATION_FAILED'); // why?
    expect((await refund({ amount: '1.00', reason: 'other', auditNote: 'It came broken.' }, admin)).status).toBe(201);
    const [begun] = await db.database.prisma.auditEntry.findMany({ where: { entityId: String(id), action: 'refund.begun' } });
    expect(begun!.detail).toContain('100000000');
  });

  it.each([
    ['no reason', { amount: '1.00' }, 'VALIDATION_FAILED'],
    ['a reason that no seller has', { amount: '1.00', reason: 'cancelled' }, 'VALIDATION_FAILED'],
    ['nothing', { amount: '0.00', reason: 'other' }, 'VALIDATION_FAILED'],
    ['a third of a cent', { amount: '0.003', reason: 'other' }, 'VALIDATION_FAILED'],
  ])('is refused for %s', async (_, body, code) => {
    const { refund, refunds } = await shippedOrder(db, api);
    expect((await refund(body)).body.code).toBe(code);
    expect(await refunds()).toEqual([]);
  });

  it('what is paid and not shipped is refunded in part, and cancelled in place of a full refund', async () => {
    const { refund, move, order, payment } = await placedOrder(db, api);
    await move('buyer', 'pay');
    expect((await refund({ reason: 'other' })).body.code).toBe('ILLEGAL_MOVE');
    expect((await refund({ amount: '2.50', reason: 'price-adjustment' })).body.status).toBe('done');
    await move('seller', 'cancel');
    expect(await order()).toMatchObject({ status: 'cancelled', payment: 'refunded', refunded: '12.50' });
    expect((await order()).refunds.map(({ amount, reason }) => [amount, reason])).toEqual([
      ['2.50', 'price-adjustment'],
      ['10.00', 'cancelled'],
    ]);
    expect((await payment())!.refundedE8).toBe(1_250_000_000n);
  });

  it('of refunds at once, those that fit are done: never more than was paid', async () => {
    const { refund, payment } = await shippedOrder(db, api);
    const answers = await Promise.all(Array.from({ length: 6 }, () => refund({ amount: '4.00', reason: 'other' })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(new Set(answers.flatMap(({ status, body }) => (status === 201 ? [] : [body.code])))).toEqual(new Set(['REFUND_TOO_HIGH']));
    expect(bank.sumOf('refund')).toBe(1_200_000_000n);
    expect(await payment()).toMatchObject({ status: 'captured', refundedE8: 1_200_000_000n, refundPendingE8: 0n });
  });

  it('a repeat with the same idempotency key refunds once', async () => {
    const { id, tokens } = await shippedOrder(db, api);
    const headers = { 'idempotency-key': 'twice' };
    for (let i = 0; i < 2; i++)
      await rest().post(`/orders/${id}/refunds`, { amount: '1.00', reason: 'other' }, { token: tokens.seller, headers });
    expect(bank.sumOf('refund')).toBe(100_000_000n);
  });

  it('one whose answer is lost is unresolved, keeps its claim, and is sent again with its key: money moves once', async () => {
    const { refund, order, payment } = await shippedOrder(db, api);
    bank.behave('drops');
    expect((await refund({ amount: '12.50', reason: 'returned' })).body.status).toBe('unresolved');
    expect(await order('seller')).toMatchObject({ refundable: null, refunds: [{ status: 'unresolved' }] });
    expect((await refund({ amount: '0.01', reason: 'other' })).body.code).toBe('ILLEGAL_MOVE');
    expect(await payment()).toMatchObject({ status: 'refunding', refundPendingE8: 1_250_000_000n });
    bank.behave('acts');
    expect(await send(HOUR_MS)).toMatchObject({ result: 'done' });
    expect(await order('buyer')).toMatchObject({ payment: 'refunded', refunds: [{ status: 'done' }] });
    expect([new Set(bank.calls.slice(-2)).size, bank.sumOf('refund')]).toEqual([1, 1_250_000_000n]);
  });

  it('one that the provider refuses frees its amount, and the next one has a key of its own', async () => {
    const { refund, order, payment } = await shippedOrder(db, api);
    bank.behave('refuses');
    expect((await refund({ amount: '12.50', reason: 'returned' })).body).toMatchObject({ status: 'failed', failure: 'insufficient_funds' });
    expect(await payment()).toMatchObject({ status: 'captured', refundedE8: 0n, refundPendingE8: 0n });
    expect((await order('buyer')).refunds).toMatchObject([{ status: 'failed', failure: null }]);
    bank.behave('acts');
    expect((await refund({ amount: '12.50', reason: 'returned' })).body.status).toBe('done');
    const [first, second] = bank.calls.slice(-2);
    expect(first).not.toBe(second);
  });

  it('one that is refused when the order is completed goes to the seller: nothing stays held', async () => {
    const { id, refund, move } = await shippedOrder(db, api);
    bank.behave('drops');
    await refund({ amount: '12.50', reason: 'returned' });
    await move('buyer', 'complete');
    bank.behave('refuses');
    bank.forgetKeys();
    expect(await balancesOf(id)).toEqual({ clearing: 1250n, refunds: -1250n });
    const { id: refundId } = await db.database.prisma.refund.findFirstOrThrow({ where: { orderId: id } });
    const settled = { done: false, reason: 'The provider refused it.' };
    expect((await rest().post(`/refunds/${refundId}/settle`, settled, { token: await adminToken() })).status).toBe(204);
    expect(await balancesOf(id)).toEqual({ clearing: 1250n, seller_balance: -1250n });
    await send(HOUR_MS); // its task finds it settled
  });

  it('an order has at most 20', async () => {
    const { refund } = await shippedOrder(db, api);
    for (let i = 0; i < 20; i++) expect((await refund({ amount: '0.01', reason: 'other' })).status).toBe(201);
    expect((await refund({ amount: '0.01', reason: 'other' })).body.code).toBe('ILLEGAL_MOVE');
  });

  it('an admin does not refund what they bought, and does not settle it', async () => {
    const seller = await createSeller(db.database);
    const token = api.tokenFor(await createPerson(db.database, ['buyer', 'admin']));
    const { id } = (await rest().post('/orders', { listingId: seller.listingId }, { token })).body;
    await rest().post(`/orders/${id}/pay`, undefined, { token });
    expect((await rest().post(`/orders/${id}/refunds`, { amount: '1.00', reason: 'other' }, { token })).body.code).toBe('FORBIDDEN');
    const become = async (status: string) => {
      const { chargeId } = await db.database.prisma.payment.update({ where: { orderId: id }, data: { status } });
      await db.database.prisma.charge.updateMany({ where: { id: chargeId! }, data: { status } });
    };
    await become('unresolved');
    const settled = { done: false, reason: 'It was never captured.' };
    expect((await rest().post(`/payments/${id}/settle`, settled, { token })).body.code).toBe('OWN_CASE');
    await become('captured');
  });

  it('after a day it is looked up: its key is never sent again', async () => {
    const { refund, order } = await shippedOrder(db, api);
    bank.behave('drops');
    await refund({ amount: '5.00', reason: 'damaged' });
    bank.behave('acts');
    bank.forgetKeys();
    expect(await send(25 * HOUR_MS)).toMatchObject({ result: 'done' });
    expect((await order()).refunds).toMatchObject([{ status: 'done' }]);
    expect([bank.calls.length, bank.sumOf('refund')]).toEqual([2, 500_000_000n]); // a payment and a refund
  });

  it('one that the provider never got is sent after a day with a new key', async () => {
    const { refund, refunds } = await shippedOrder(db, api);
    bank.behave('away');
    await refund({ amount: '5.00', reason: 'damaged' });
    const [before] = await refunds();
    bank.behave('acts');
    expect(await send(25 * HOUR_MS)).toMatchObject({ result: 'done' });
    expect(await send(25 * HOUR_MS)).toMatchObject({ result: 'done' });
    const [after] = await refunds();
    expect(after).toMatchObject({ status: 'done', attempt: 2 });
    expect(after!.providerKey).not.toBe(before!.providerKey);
    expect(bank.moved.filter(({ kind }) => kind === 'refund').map(({ key }) => key)).toEqual([after!.providerKey]);
  });

  it('one that the release before began gets a row, and keeps the key that the provider may know', async () => {
    const { id, move, refunds, payment } = await placedOrder(db, api);
    await move('buyer', 'pay');
    await db.database.prisma.payment.updateMany({ where: { orderId: id }, data: { status: 'refunding' } });
    const at = new Date();
    const task = { name: 'payment.refund' as const, key: `payment:${id}:refund`, input: JSON.stringify({ orderId: id }), notBefore: at };
    await api.container.repos.tasks.add(task, at);
    expect(await runNextTask(api.container, 'payment.refund')).toMatchObject({ result: 'done' });
    expect(await send(0)).toMatchObject({ result: 'done' });
    expect(await refunds()).toMatchObject([{ status: 'done', providerKey: `payment:${id}:refund`, amountE8: 1_250_000_000n }]);
    expect(await payment()).toMatchObject({ status: 'refunded', refundPendingE8: 0n });
  });

  describe('a worker that is killed', () => {
    let receiver: Receiver;
    beforeAll(async () => {
      receiver = await startReceiver();
    });
    afterAll(() => receiver.close());

    /** One attempt in a process of its own, whose clock is an hour ahead of the lease of the one before. */
    const work = async (killAt: string, laterMs: number): Promise<unknown> => {
      const env = { ...process.env, ...testEnvironment(db.url), EFFECT: receiver.url, KILL_AT: killAt, LATER_MS: String(laterMs) };
      const options = { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] as ['ignore', 'inherit', 'inherit'] };
      const child = spawn(process.execPath, ['tests/integration/refund-process.ts'], options);
      const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
      return signal ?? code;
    };

    it.each([
      ['before-call', 1],
      ['after-call', 2],
      ['before-commit', 2],
      ['after-commit', 1],
    ])('%s: the refund is sent with one key, in %i calls, and done', async (killAt, calls) => {
      const { id, refunds, payment } = await shippedOrder(db, api);
      const key = await api.container
        .context({ kind: 'system', name: 'test' }, 'killed')
        .change(async (tx) => (await tx.repos.payments.claimRefund(id, 250_000_000n, tx.at)) && tx.repos.refunds.create(REFUND(id), tx.at));
      const at = new Date();
      const input = JSON.stringify({ refundId: key });
      await api.container.repos.tasks.add({ name: 'refund.send', key: `refund:${String(key)}:1`, input, notBefore: at }, at);
      receiver.received.length = 0;
      expect(await work(killAt, 0)).toBe('SIGKILL');
      expect(await work('', HOUR_MS)).toBe(0);
      const [refund] = await refunds();
      expect(receiver.received.map(({ headers }) => headers['idempotency-key'])).toEqual(Array(calls).fill(refund!.providerKey));
      expect(refund).toMatchObject({ status: 'done', attempt: 1 });
      expect(await payment()).toMatchObject({ status: 'captured', refundedE8: 250_000_000n, refundPendingE8: 0n });
    });
  });
});

const REFUND = (orderId: number) => ({ orderId, amountE8: 250_000_000n, reason: 'damaged' as const, requestedBy: null });
