import type { ListingView, OrderDetail, OrderView } from '@assay/contract';
import type { PaymentProvider } from '@assay/core';
import {
  createPerson,
  createSeller,
  createTestDatabase,
  onEachEngine,
  restClient,
  runNextTask,
  startApi,
  type Seller,
  type TestApi,
  type TestDatabase,
} from '@assay/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const HOUR_MS = 3_600_000;

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
      refund(_payment, { idempotencyKey }) {
        calls.push(idempotencyKey);
        return Promise.resolve({ status: 'done', reference: `re_${calls.length}` });
      },
      lookUp: () => Promise.resolve(null),
    };
    api = await startApi(db, {}, { payments });
  });
  beforeEach(() => {
    calls.length = 0;
    answer = ({ orderId }) => Promise.resolve({ status: 'done', reference: `ref_${orderId}` });
  });
  afterAll(async () => {
    await api.close();
    await db.drop();
  });

  const rest = () => restClient(api.url);
  async function place(seller?: Seller) {
    seller ??= await createSeller(db.database);
    const buyer = await createPerson(db.database);
    const token = api.tokenFor(buyer);
    const placed = await rest().post('/orders', { listingId: seller.listingId }, { token });
    expect(placed.status).toBe(201);
    const { id } = placed.body as OrderView;
    const sellerToken = api.tokenFor(seller);
    return {
      id,
      seller,
      token,
      listing: async () => (await rest().get(`/listings/${seller.listingId}`, { token: sellerToken })).body as ListingView,
      listingMove: (move: string) => rest().post(`/listings/${seller.listingId}/${move}`, undefined, { token: sellerToken }),
      pay: () => rest().post(`/orders/${id}/pay`, undefined, { token }),
      cancel: () => rest().post(`/orders/${id}/cancel`, undefined, { token }),
      order: async () => (await rest().get(`/orders/${id}`, { token })).body as OrderDetail,
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
      for (const attempt of [2, 3]) expect(await capture((attempt - 1) * HOUR_MS)).toMatchObject({ attempt, result: 'retried' });
      expect((await payment())!.status).toBe('pending');
      expect(await capture(4 * HOUR_MS)).toMatchObject({ attempt: 4, result: 'done' });
    } finally {
      restore();
    }
    expect(calls).toHaveLength(4);
    expect(charges()).toBe(1);
    expect(await payment()).toMatchObject({ status: 'captured', attempt: 1 });
    expect((await order()).status).toBe('paid');
    expect(await capture(5 * HOUR_MS)).toBeNull();
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
    answer = () => Promise.resolve({ status: 'refused', reason: 'card_declined' });
    expect((await pay()).body).toMatchObject({ status: 'placed', payment: 'failed' });
    answer = () => Promise.resolve({ status: 'done', reference: 'second' });
    expect((await pay()).body).toMatchObject({ status: 'paid' });
    expect(await payment()).toMatchObject({ status: 'captured', attempt: 2, reference: 'second' });
    expect((await order()).status).toBe('paid');
    expect(charges()).toBe(2);
  });

  it('while the provider is away the answer does not wait; the payment is unresolved, and captured with the same key', async () => {
    const { pay, payment, order } = await place();
    answer = () => Promise.reject(new Error('ECONNREFUSED'));
    const begun = performance.now();
    expect((await pay()).body).toMatchObject({ status: 'placed', payment: 'unresolved', moves: [] });
    expect(performance.now() - begun).toBeLessThan(4000);
    for (let hour = 1; hour <= 6; hour++) expect(await capture(hour * HOUR_MS)).toMatchObject({ result: 'retried' });
    expect(await payment()).toMatchObject({ status: 'unresolved', failure: 'ECONNREFUSED' });
    answer = () => Promise.resolve({ status: 'done', reference: 'late' });
    expect(await capture(13 * HOUR_MS)).toMatchObject({ result: 'done' });
    expect(await payment()).toMatchObject({ status: 'captured', reference: 'late', failure: null });
    expect((await order()).status).toBe('paid');
    expect(charges()).toBe(1);
  });

  describe('of a listing there is one', () => {
    it('of many buyers that pay at once, one is charged; the listing is sold, and the other orders are cancelled', async () => {
      const first = await place();
      const orders = [first, ...(await Promise.all([1, 2, 3, 4].map(() => place(first.seller))))];
      const answers = await Promise.all(orders.map(({ pay }) => pay()));
      const paid = answers.filter(({ status }) => status === 200);
      expect(paid).toHaveLength(1);
      expect(paid[0]!.body.status).toBe('paid');
      for (const { status, body } of answers.filter((one) => !paid.includes(one)))
        expect([status, ['LISTING_SOLD', 'LISTING_NOT_FOR_SALE'].includes(body.code)]).toEqual([409, true]);
      expect(charges()).toBe(1);
      expect((await first.listing()).status).toBe('sold');
      const states = await Promise.all(orders.map(({ order }) => order()));
      expect(states.map(({ status }) => status).toSorted()).toEqual(['cancelled', 'cancelled', 'cancelled', 'cancelled', 'paid']);
      expect(states.filter(({ status }) => status === 'cancelled').every(({ soldToAnother }) => soldToAnother)).toBe(true);
      const loser = orders[states.findIndex(({ status }) => status === 'cancelled')]!;
      expect((await loser.pay()).body).toMatchObject({
        code: 'LISTING_SOLD',
        detail: 'Another buyer paid for this listing first. You were not charged.',
      });
      expect((await rest().post('/orders', { listingId: first.seller.listingId }, { token: loser.token })).body.code).toBe(
        'LISTING_NOT_FOR_SALE',
      );
    });

    it('while the provider has not answered one buyer, the others wait, and pay when it was declined', async () => {
      const first = await place();
      const second = await place(first.seller);
      answer = () => Promise.reject(new Error('ECONNREFUSED'));
      expect((await first.pay()).body).toMatchObject({ status: 'placed', payment: 'unresolved' });
      const waiting = await second.pay();
      expect([waiting.status, waiting.body.code]).toEqual([409, 'LISTING_NOT_FOR_SALE']);
      expect(waiting.body.detail).toContain('Another buyer is paying');
      expect((await second.order()).status).toBe('placed');
      answer = () => Promise.resolve({ status: 'refused', reason: 'card_declined' });
      expect(await capture(HOUR_MS)).toMatchObject({ result: 'done' });
      answer = ({ orderId }) => Promise.resolve({ status: 'done', reference: `ref_${orderId}` });
      expect((await second.pay()).body).toMatchObject({ status: 'paid' });
      expect((await first.pay()).body.code).toBe('LISTING_SOLD');
    });

    it('its seller may offer it again, to buyers that come after', async () => {
      const first = await place();
      const early = await place(first.seller);
      await first.pay();
      expect((await first.listingMove('relist')).status).toBe(200);
      const late = await place(first.seller);
      expect((await late.pay()).body).toMatchObject({ status: 'paid' });
      expect((await early.pay()).body.code).toBe('LISTING_SOLD');
    });

    it('a paid order that is cancelled offers it again, unless the seller did something else with it', async () => {
      const first = await place();
      await first.pay();
      await first.cancel();
      expect((await first.listing()).status).toBe('active');
      expect((await first.order()).soldToAnother).toBe(false);
      const second = await place(first.seller);
      expect((await second.pay()).body).toMatchObject({ status: 'paid' });
      for (const move of ['relist', 'mark-sold']) await second.listingMove(move);
      await second.cancel();
      expect((await first.listing()).status).toBe('sold');
    });

    it('a listing that its seller took off sale after the order can still be paid, and is sold then', async () => {
      const { pay, listingMove, listing } = await place();
      await listingMove('pause');
      expect((await pay()).body).toMatchObject({ status: 'paid' });
      expect((await listing()).status).toBe('sold');
      const reserved = await place();
      await reserved.listingMove('mark-sold');
      expect((await reserved.pay()).body).toMatchObject({ status: 'paid' });
    });
  });

  it('a rating of a purchase that the test provider paid is never a verified one', async () => {
    for (const [provider, verified] of [
      ['test', false],
      ['counting', true],
    ] as const) {
      const { id, seller, token, pay } = await place();
      await pay();
      await db.database.prisma.payment.updateMany({ where: { orderId: id }, data: { provider } });
      await db.database.prisma.order.updateMany({ where: { id }, data: { status: 'completed', completedAt: new Date() } });
      expect((await rest().get(`/orders/${id}`, { token })).body).toMatchObject({ testPayment: !verified });
      const given = await rest().post('/ratings', { sellerId: seller.id, rating: 5 }, { token });
      expect(given.body).toMatchObject({ source: 'purchase', verified });
      const { items } = (await rest().get(`/ratings/seller/${seller.id}`, { token })).body;
      expect(items).toMatchObject([{ verified }]);
    }
  });
});
