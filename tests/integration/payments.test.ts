import type { OrderView } from '@assay/contract';
import type { PaymentProvider } from '@assay/core';
import {
  createPerson,
  createSeller,
  createTestDatabase,
  onEachEngine,
  restClient,
  runNextTask,
  startApi,
  type TestApi,
  type TestDatabase,
} from '@assay/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

const DAY_MS = 24 * 3_600_000;

onEachEngine('payments', (engine) => {
  let db: TestDatabase;
  let api: TestApi;
  /** What the provider was asked for, and how it answers: it charges once for each key, as real ones do. */
  const calls: string[] = [];
  let answer: PaymentProvider['capture'];
  const charges = () => new Set(calls).size;

  beforeAll(async () => {
    db = await createTestDatabase(engine);
    const payments: PaymentProvider = {
      name: 'counting',
      capture(charge, options) {
        calls.push(options.idempotencyKey);
        return answer(charge, options);
      },
      refund: (_payment, { idempotencyKey }) => Promise.resolve(void calls.push(idempotencyKey)),
    };
    api = await startApi(db, {}, { payments });
  });
  beforeEach(() => {
    calls.length = 0;
    answer = ({ orderId }) => Promise.resolve({ captured: true, reference: `ref_${orderId}` });
  });
  afterAll(async () => {
    await api.close();
    await db.drop();
  });

  const rest = () => restClient(api.url);
  async function place() {
    const seller = await createSeller(db.database);
    const buyer = await createPerson(db.database);
    const token = api.tokenFor(buyer);
    const placed = await rest().post('/orders', { listingId: seller.listingId }, { token });
    expect(placed.status).toBe(201);
    const { id } = placed.body as OrderView;
    return {
      id,
      pay: () => rest().post(`/orders/${id}/pay`, undefined, { token }),
      cancel: () => rest().post(`/orders/${id}/cancel`, undefined, { token }),
      order: async () => (await rest().get(`/orders/${id}`, { token })).body as OrderView,
      payment: () => db.database.prisma.payment.findUnique({ where: { orderId: id } }),
    };
  }
  const capture = (laterMs: number) => runNextTask(api.container, 'payment.capture', { laterMs });
  /** The database loses the next changes that the work of a task makes, when they are about to be committed. */
  function failCommits(count: number) {
    const { database } = api.container;
    const transaction = database.transaction.bind(database);
    let left = count;
    const failing: typeof transaction = (work) =>
      transaction(async (tx) => {
        const result = await work(tx);
        if (left > 0 && calls.length > 0) {
          left--;
          throw new Error('The connection was lost.');
        }
        return result;
      });
    Object.assign(database, { transaction: failing });
    return () => Object.assign(database, { transaction });
  }

  it('an order is paid once its provider has captured the amount, and refunded when it is cancelled', async () => {
    const { pay, cancel, payment, order } = await place();
    expect((await pay()).body).toMatchObject({ status: 'paid' });
    expect(await payment()).toMatchObject({ status: 'captured', attempt: 1 });
    expect((await cancel()).body).toMatchObject({ status: 'cancelled' });
    expect(await payment()).toMatchObject({ status: 'refunded' });
    expect((await order()).status).toBe('cancelled');
    expect([calls.length, charges()]).toEqual([2, 2]); // a charge and a refund
  });

  it('the provider charges once, however often the database loses the commit after it', async () => {
    const { id, pay, payment, order } = await place();
    const restore = failCommits(3);
    try {
      expect((await pay()).body).toMatchObject({ id, status: 'placed', payment: 'pending' });
      for (const attempt of [2, 3]) expect(await capture((attempt - 1) * DAY_MS)).toMatchObject({ attempt, result: 'retried' });
      expect((await payment())!.status).toBe('pending');
      expect(await capture(4 * DAY_MS)).toMatchObject({ attempt: 4, result: 'done' });
    } finally {
      restore();
    }
    expect(calls).toHaveLength(4);
    expect(charges()).toBe(1);
    expect(await payment()).toMatchObject({ status: 'captured', attempt: 1 });
    expect((await order()).status).toBe('paid');
    expect(await capture(5 * DAY_MS)).toBeNull();
  });

  it('of many that pay at once, one charges', async () => {
    const { pay, order } = await place();
    const answers = await Promise.all([1, 2, 3, 4].map(() => pay()));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(calls).toHaveLength(1);
    expect((await order()).status).toBe('paid');
  });

  it('a refusal is the end of its attempt: the next one has a key of its own', async () => {
    const { pay, payment, order } = await place();
    answer = () => Promise.resolve({ captured: false, reason: 'card_declined' });
    expect((await pay()).body).toMatchObject({ status: 'placed', payment: 'failed' });
    answer = () => Promise.resolve({ captured: true, reference: 'second' });
    expect((await pay()).body).toMatchObject({ status: 'paid' });
    expect(await payment()).toMatchObject({ status: 'captured', attempt: 2, reference: 'second' });
    expect((await order()).status).toBe('paid');
    expect(charges()).toBe(2);
  });

  it('while the provider is away the answer does not wait, and the payment stays pending until an operator retries it', async () => {
    const { pay, payment } = await place();
    answer = () => Promise.reject(new Error('ECONNREFUSED'));
    const begun = performance.now();
    expect((await pay()).body).toMatchObject({ status: 'placed', payment: 'pending' });
    expect(performance.now() - begun).toBeLessThan(4000);
    let end = null;
    for (let attempt = 2; attempt <= 8; attempt++) end = await capture(attempt * DAY_MS);
    expect(end).toMatchObject({ attempt: 8, result: 'dead', failure: 'ECONNREFUSED' });
    expect(await capture(20 * DAY_MS)).toBeNull();
    expect((await payment())!.status).toBe('pending');
    const [dead] = await api.container.repos.tasks.listDead(1);
    answer = () => Promise.resolve({ captured: true, reference: 'late' });
    const operator = await createPerson(db.database, ['ops']);
    const dismissed = await rest().post(`/tasks/${dead!.id}/dismiss`, undefined, { token: api.tokenFor(operator) });
    expect([dismissed.status, dismissed.body.detail]).toEqual([409, 'A payment or refund waits for this task. Retry it.']);
    expect((await rest().post(`/tasks/${dead!.id}/retry`, undefined, { token: api.tokenFor(operator) })).status).toBe(204);
    expect(await capture(0)).toMatchObject({ result: 'done', attempt: 1 });
    expect(await payment()).toMatchObject({ status: 'captured', reference: 'late' });
    expect(charges()).toBe(1);
  });
});
