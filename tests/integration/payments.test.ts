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
    answer = ({ orderIds }) => Promise.resolve({ status: 'done', reference: `ref_${orderIds[0]}` });
  });
  afterAll(async () => {
    await api.close();
    await db.drop();
  });

  const rest = () => restClient(api.url);
  async function place(seller?: Seller) {
    seller ??= await createSeller(db.database, 'Seller', 1);
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
  const capture = (laterMs: number) => runNextTask(api.container, 'charge.capture', { laterMs });
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
      expect((await pay()).body).toMatchObject({ id, status: 'paying', payment: 'pending' });
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
    expect((await pay()).body).toMatchObject({ status: 'paying', payment: 'unresolved', moves: [] });
    expect(performance.now() - begun).toBeLessThan(4000);
    for (let hour = 1; hour <= 6; hour++) expect(await capture(hour * HOUR_MS)).toMatchObject({ result: 'retried' });
    expect(await payment()).toMatchObject({ status: 'unresolved', failure: 'ECONNREFUSED' });
    answer = () => Promise.resolve({ status: 'done', reference: 'late' });
    expect(await capture(13 * HOUR_MS)).toMatchObject({ result: 'done' });
    expect(await payment()).toMatchObject({ status: 'captured', reference: 'late', failure: null });
    expect((await order()).status).toBe('paid');
    expect(charges()).toBe(1);
  });

  describe('stock', () => {
    const order = (listingId: number, quantity?: number) =>
      createPerson(db.database).then((buyer) => rest().post('/orders', { listingId, quantity }, { token: api.tokenFor(buyer) }));
    const stock = (listingId: number) =>
      db.database.prisma.sellerListing.findUniqueOrThrow({
        where: { id: listingId },
        select: { quantity: true, reserved: true, status: true },
      });
    /** An order as an older release places it: without an item, and without a reservation. */
    async function placeUnreserved(seller: Seller) {
      const buyer = await createPerson(db.database);
      const { id } = await db.database.prisma.order.create({
        data: {
          listingId: seller.listingId,
          sellerId: seller.id,
          buyerId: buyer.id,
          title: 'Bowl',
          priceE8: 1_250_000_000n,
          currency: 'EUR',
          status: 'placed',
        },
      });
      const token = api.tokenFor(buyer);
      return {
        pay: () => rest().post(`/orders/${id}/pay`, undefined, { token }),
        order: async () => (await rest().get(`/orders/${id}`, { token })).body as OrderDetail,
      };
    }

    it('an order reserves the listing, payment sells it, and other buyers are refused meanwhile', async () => {
      const first = await place();
      const { listingId } = first.seller;
      expect(await stock(listingId)).toEqual({ quantity: 1, reserved: 1, status: 'active' });
      expect(await first.listing()).toMatchObject({ quantity: 1, available: 0 });
      const refused = await order(listingId);
      expect([refused.status, refused.body.code]).toEqual([409, 'OUT_OF_STOCK']);
      expect(refused.body.detail).toContain('Other buyers have reserved');
      expect((await first.pay()).body).toMatchObject({ status: 'paid', items: [{ quantity: 1, unitPrice: '12.50' }], total: '12.50' });
      expect(await stock(listingId)).toEqual({ quantity: 0, reserved: 0, status: 'sold' });
      expect((await order(listingId)).body.code).toBe('LISTING_NOT_FOR_SALE');
    });

    it('an unpaid order that is cancelled releases what it had reserved, once', async () => {
      const first = await place();
      await first.cancel();
      await first.cancel();
      expect(await stock(first.seller.listingId)).toEqual({ quantity: 1, reserved: 0, status: 'active' });
      expect((await order(first.seller.listingId)).status).toBe(201);
    });

    it('several units are sold one order after the other, and the last one sold makes the listing sold', async () => {
      const { seller, pay, cancel } = await place();
      const { listingId } = seller;
      await db.database.prisma.sellerListing.update({ where: { id: listingId }, data: { quantity: 4 } });
      expect((await order(listingId, 4)).body).toMatchObject({ code: 'OUT_OF_STOCK', detail: 'Only 3 are left.' });
      const three = await order(listingId, 3);
      expect(three.body).toMatchObject({ price: '37.50', items: [{ quantity: 3, unitPrice: '12.50' }] });
      await pay();
      expect(await stock(listingId)).toEqual({ quantity: 3, reserved: 3, status: 'active' });
      await cancel(); // paid: its unit is in stock again
      expect(await stock(listingId)).toEqual({ quantity: 4, reserved: 3, status: 'active' });
    });

    it('a declined payment keeps the reservation, so that its buyer may try again', async () => {
      const { pay, seller } = await place();
      answer = () => Promise.resolve({ status: 'refused', reason: 'card_declined' });
      expect((await pay()).body).toMatchObject({ status: 'placed', payment: 'failed' });
      expect(await stock(seller.listingId)).toEqual({ quantity: 1, reserved: 1, status: 'active' });
      answer = ({ orderIds }) => Promise.resolve({ status: 'done', reference: `ref_${orderIds[0]}` });
      expect((await pay()).body).toMatchObject({ status: 'paid' });
    });

    it('the shipping price of the listing is charged with its price', async () => {
      const seller = await createSeller(db.database, 'Seller', 1);
      const shipping = { shipsFrom: 'PT', handlingDays: { min: 1, max: 2 }, price: '6.50', destinations: 'worldwide', pickup: false };
      await db.database.prisma.sellerListing.update({
        where: { id: seller.listingId },
        data: { shippingInfo: JSON.stringify(shipping), quantity: 2, escrowEnabled: true },
      });
      const buyer = await createPerson(db.database);
      const token = api.tokenFor(buyer);
      const placed = await rest().post('/orders', { listingId: seller.listingId, quantity: 2 }, { token });
      expect(placed.body).toMatchObject({ price: '25.00', shipping: '6.50', total: '31.50', escrowEnabled: true });
      await rest().post(`/orders/${placed.body.id}/pay`, undefined, { token });
      const payment = await db.database.prisma.payment.findUnique({ where: { orderId: placed.body.id } });
      expect(payment).toMatchObject({ status: 'captured', amountE8: 3_150_000_000n });
    });

    it('orders of an older release, which reserved nothing, reserve when they are paid: one is charged', async () => {
      const seller = await createSeller(db.database, 'Seller', 1);
      const orders = await Promise.all([1, 2, 3, 4].map(() => placeUnreserved(seller)));
      const answers = await Promise.all(orders.map(({ pay }) => pay()));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      for (const { body } of answers.filter(({ status }) => status !== 200)) expect(['LISTING_SOLD', 'OUT_OF_STOCK']).toContain(body.code);
      expect(charges()).toBe(1);
      expect(await stock(seller.listingId)).toEqual({ quantity: 0, reserved: 0, status: 'sold' });
      const loser = orders[answers.findIndex(({ status }) => status !== 200)]!;
      expect((await loser.pay()).body).toMatchObject({
        code: 'LISTING_SOLD',
        detail: 'Another buyer paid for this listing first. You were not charged.',
      });
    });

    it('its seller may offer a sold listing again', async () => {
      const first = await place();
      await first.pay();
      expect((await first.listingMove('relist')).body).toMatchObject({ status: 'active', quantity: 1, available: 1 });
      const late = await place(first.seller);
      expect((await late.pay()).body).toMatchObject({ status: 'paid' });
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
