import type { UnresolvedView } from '@assay/contract';
import { verifyLedger } from '@assay/core';
import {
  createPerson,
  createTestDatabase,
  onEachEngine,
  restClient,
  runNextTask,
  startApi,
  type TestApi,
  type TestDatabase,
} from '@assay/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createBank, placedOrder, shippedOrder } from './lib-payments.ts';

const HOUR_MS = 3_600_000;

onEachEngine('payments without an outcome', (engine) => {
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
  afterAll(async () => {
    await api.close();
    await db.drop();
  });

  const rest = () => restClient(api.url);
  const capture = (laterMs: number) => runNextTask(api.container, 'charge.capture', { laterMs });
  /** The key of the charge that pays an order. */
  const keyOf = async (orderId: number) =>
    (await db.database.prisma.payment.findUniqueOrThrow({ where: { orderId }, select: { charge: true } })).charge!.providerKey;
  const listed = async (kind: 'payment' | 'refund', id: number) => {
    const { items } = (await rest().get('/payments/unresolved', { token: admin })).body as { items: UnresolvedView[] };
    return items.find((one) => one.kind === kind && one.id === id);
  };
  const lookUp = (kind: 'payments' | 'refunds', id: number, token = admin) => rest().post(`/${kind}/${id}/look-up`, undefined, { token });
  const settle = (kind: 'payments' | 'refunds', id: number, body: object, token = admin) =>
    rest().post(`/${kind}/${id}/settle`, body, { token });
  const audited = async (orderId: number, action: string) =>
    (await db.database.prisma.auditEntry.findMany({ where: { entity: 'order', entityId: String(orderId), action } })).map(
      ({ detail }) => JSON.parse(detail!) as object,
    );

  /** A payment whose answer was lost after the provider had acted, or that it never got. */
  async function unresolved(behaviour: 'drops' | 'away') {
    const order = await placedOrder(db, api);
    bank.behave(behaviour);
    expect((await order.move('buyer', 'pay')).body).toMatchObject({ status: 'paying', payment: 'unresolved', moves: [] });
    bank.behave('acts');
    return order;
  }

  it('one that was captured is paid after a day by a look-up: its key is not sent again', async () => {
    const { id, order } = await unresolved('drops');
    bank.forgetKeys();
    expect(await capture(25 * HOUR_MS)).toMatchObject({ result: 'done' });
    expect(await order()).toMatchObject({ status: 'paid', payment: 'captured' });
    expect([bank.calls, bank.moved.length]).toEqual([[await keyOf(id)], 1]);
  });

  it('one that the provider never got has failed after a day, and the next attempt has a key of its own', async () => {
    const { id, order, move } = await unresolved('away');
    const first = await keyOf(id);
    expect(await capture(25 * HOUR_MS)).toMatchObject({ result: 'done' });
    expect(await order()).toMatchObject({ status: 'placed', payment: 'failed' });
    expect((await move('buyer', 'pay')).body.status).toBe('paid');
    expect(bank.calls.at(-1)).toBe(await keyOf(id));
    expect(bank.calls.at(-1)).not.toBe(first);
    expect(bank.moved).toHaveLength(1);
  });

  it('is in no entry of the ledger, and no difference of it', async () => {
    const { id } = await unresolved('away');
    const verification = await verifyLedger(api.container.context({ kind: 'system', name: 'test' }, 'verify'), { postMissing: true });
    expect(verification.differences).toEqual([]);
    expect(await db.database.prisma.ledgerEntry.count({ where: { orderId: id } })).toBe(0);
  });

  it('neither side can move its order meanwhile', async () => {
    const { move } = await unresolved('away');
    for (const [party, step] of [
      ['buyer', 'pay'],
      ['buyer', 'cancel'],
      ['seller', 'cancel'],
    ] as const)
      expect((await move(party, step)).body.code).toBe('ILLEGAL_MOVE');
    expect(bank.moved).toEqual([]);
  });

  it('an admin sees it, looks it up, and it is paid', async () => {
    const { id, order } = await unresolved('drops');
    expect(await listed('payment', id)).toMatchObject({
      orderId: id,
      amount: '12.50',
      provider: 'bank',
      orderIds: [id],
      key: await keyOf(id),
      failure: 'socket hang up',
    });
    expect((await lookUp('payments', id)).body).toEqual({ outcome: 'done' });
    expect((await order()).status).toBe('paid');
    expect(await listed('payment', id)).toBeUndefined();
    expect(await audited(id, 'payment.looked-up')).toMatchObject([{ outcome: 'done' }]);
    expect((await lookUp('payments', id)).body.code).toBe('PAYMENT_NOT_FOUND');
  });

  it('one that the provider does not know yet stays unresolved, and one that it cannot be asked about too', async () => {
    const { id, payment } = await unresolved('away');
    expect((await lookUp('payments', id)).body).toEqual({ outcome: 'not-found' });
    bank.behave('away');
    const refused = await lookUp('payments', id);
    expect([refused.status, refused.body.code, refused.body.detail]).toMatchObject([
      503,
      'PROVIDER_UNAVAILABLE',
      'The payment provider did not answer: ECONNREFUSED',
    ]);
    expect((await payment())!.status).toBe('unresolved');
  });

  it('an admin settles it by what they found out, with a reason that is audited', async () => {
    const first = await unresolved('away');
    const reason = 'Seen in the dashboard of the bank.';
    expect((await settle('payments', first.id, { done: true, reason })).body.code).toBe('VALIDATION_FAILED');
    expect((await settle('payments', first.id, { done: true, reference: 'seen_1', reason: '' })).body.code).toBe('VALIDATION_FAILED');
    expect((await settle('payments', first.id, { done: true, reference: 'seen_1', reason })).status).toBe(204);
    expect(await first.order()).toMatchObject({ status: 'paid' });
    expect(await first.payment()).toMatchObject({ status: 'captured', reference: 'seen_1' });
    expect(await audited(first.id, 'payment.settled-by-hand')).toMatchObject([{ done: true, reason }]);

    const second = await unresolved('away');
    expect((await settle('payments', second.id, { done: false, reason })).status).toBe(204);
    expect(await second.order()).toMatchObject({ status: 'placed', payment: 'failed' });
    expect((await second.move('buyer', 'pay')).body.status).toBe('paid');
    expect(await capture(HOUR_MS)).toMatchObject({ result: 'done' }); // the first attempt's task has nothing left to do
    expect(bank.moved).toHaveLength(1);
  });

  it('a refund is looked up and settled in the same way', async () => {
    const { id, refund, refunds, order } = await shippedOrder(db, api);
    bank.behave('drops');
    await refund({ amount: '2.00', reason: 'damaged' });
    bank.behave('away');
    await refund({ amount: '3.00', reason: 'damaged' });
    await refund({ amount: '4.00', reason: 'damaged' });
    bank.behave('acts');
    const [dropped, lost, refused] = (await refunds()).map((row) => row.id) as [number, number, number];
    expect(await listed('refund', dropped)).toMatchObject({ orderId: id, amount: '2.00', reference: expect.stringMatching(/^payment_/) });
    expect((await lookUp('refunds', dropped)).body).toEqual({ outcome: 'done' });
    expect((await lookUp('refunds', lost)).body).toEqual({ outcome: 'not-found' });
    const reason = 'The bank says so.';
    expect((await settle('refunds', lost, { done: true, reason })).status).toBe(204);
    expect((await settle('refunds', refused, { done: false, reason })).status).toBe(204);
    expect(await order('seller')).toMatchObject({ refunded: '5.00', refundable: '7.50' });
    expect((await order('seller')).refunds.map(({ status }) => status)).toEqual(['done', 'done', 'failed']);
    expect(await audited(id, 'refund.settled-by-hand')).toMatchObject([{ done: true }, { done: false, reason }]);
  });

  it('only admins see and settle them', async () => {
    const { id, tokens } = await unresolved('away');
    for (const token of [tokens.seller, tokens.buyer]) {
      expect((await rest().get('/payments/unresolved', { token })).status).toBe(403);
      expect((await lookUp('payments', id, token)).status).toBe(403);
      expect((await settle('payments', id, { done: false, reason: 'mine' }, token)).status).toBe(403);
    }
  });

  it('money that arrives for an order that was cancelled meanwhile is given back', async () => {
    const { id, order } = await unresolved('drops');
    await db.database.prisma.order.updateMany({ where: { id }, data: { status: 'cancelled' } });
    expect(await capture(HOUR_MS)).toMatchObject({ result: 'done' });
    expect(await runNextTask(api.container, 'refund.send', { laterMs: HOUR_MS })).toMatchObject({ result: 'done' });
    expect(await order()).toMatchObject({ status: 'cancelled', payment: 'refunded', refunded: '12.50' });
    expect(bank.sumOf('refund')).toBe(bank.sumOf('payment'));
  });
});
