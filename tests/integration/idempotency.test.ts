import { completeOrders, createMarket, createSeller, onEachEngine, useProduct } from '@assay/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';

onEachEngine('Idempotency-Key', (engine) => {
  const { db, api, rest } = useProduct(engine);

  /** A buyer who may rate, and how they send a rating under a key. */
  async function market() {
    const { seller, buyer } = await createMarket(db.database);
    const token = api.tokenFor(buyer);
    const rate = (key: string, body: object = {}) =>
      rest.post('/ratings', { sellerId: seller.id, rating: 4, comment: 'Good.', ...body }, { token, headers: { 'idempotency-key': key } });
    return { seller, buyer, token, rate };
  }

  it('replays the answer, to the letter, and stores nothing twice', async () => {
    const { seller, rate } = await market();
    const first = await rate('one-rating');
    const second = await rate('one-rating');
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect([first.headers.get('idempotency-replayed'), second.headers.get('idempotency-replayed')]).toEqual([null, 'true']);
    expect(await db.database.prisma.sellerRating.count({ where: { sellerId: seller.id } })).toBe(1);
  });

  it('replays after the rating was withdrawn: the key stands for the request, not for the rating', async () => {
    const { token, rate } = await market();
    const first = await rate('then-gone');
    expect((await rest.delete(`/ratings/${first.body.id}`, { token })).status).toBe(204);
    expect((await rate('then-gone')).body).toEqual(first.body);
    expect((await rest.get('/ratings/mine', { token })).body.items).toEqual([]);
  });

  it('refuses the same key with another body, or for another endpoint', async () => {
    const { seller, token, rate } = await market();
    await rate('same-key');
    const other = await rate('same-key', { rating: 1 });
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_MISMATCH']);
    const elsewhere = await rest.post('/orders', { listingId: seller.listingId }, { token, headers: { 'idempotency-key': 'same-key' } });
    expect(elsewhere.body.code).toBe('IDEMPOTENCY_MISMATCH');
  });

  it('keys belong to their users', async () => {
    const { seller, buyers } = await createMarket(db.database, 2);
    const answers = await Promise.all(
      buyers.map((buyer) =>
        rest.post('/ratings', { sellerId: seller.id, rating: 5 }, { token: api.tokenFor(buyer), headers: { 'idempotency-key': 'shared' } }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  });

  it('a refused request leaves its key free', async () => {
    const { seller, buyer, rate } = await market();
    const wrong = await rate('try-again', { comment: '\u0000' });
    expect(wrong.status).toBe(400);
    await db.database.prisma.order.updateMany({ where: { buyerId: buyer.id }, data: { status: 'shipped', completedAt: null } });
    expect((await rate('try-again')).status).toBe(403);
    await completeOrders(db.database, seller, [buyer.id]);
    expect((await rate('try-again')).status).toBe(201);
  });

  it('of 20 at once one is done; the others replay it or must wait', async () => {
    const { seller, rate } = await market();
    const answers = await Promise.all(Array.from({ length: 20 }, () => rate('all-at-once')));
    const done = answers.filter(({ status }) => status === 201);
    expect(done.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(new Set(done.map(({ body }) => body.id)).size).toBe(1);
    for (const { status, body, headers } of answers.filter((answer) => answer.status !== 201)) {
      expect([status, body.code, headers.get('retry-after')]).toEqual([409, 'IDEMPOTENCY_IN_FLIGHT', '1']);
    }
    expect(await db.database.prisma.sellerRating.count({ where: { sellerId: seller.id } })).toBe(1);
    expect((await rate('all-at-once')).headers.get('idempotency-replayed')).toBe('true');
  });

  it('a key whose process died while it worked is taken over', async () => {
    const { buyer, rate } = await market();
    await rate('first-life');
    await db.database.prisma.idempotencyKey.updateMany({
      where: { userId: buyer.id },
      data: { status: 'in-flight', responseStatus: null, responseBody: null, lockedUntil: new Date(Date.now() - 1) },
    });
    const again = await rate('first-life');
    expect([again.status, again.body.code]).toEqual([409, 'ALREADY_RATED']); // worked on anew, not replayed
  });

  it.each(['', 'k'.repeat(256), 'with space', 'ключ'])('refuses the key "%.20s"', async (key) => {
    const { token } = await market();
    const header = Buffer.from(key, 'utf8').toString('latin1');
    const answer = await rest.post('/orders', { listingId: 1 }, { token, headers: { 'idempotency-key': header } });
    expect([answer.status, answer.body.errors[0].field]).toEqual([400, 'Idempotency-Key']);
  });

  describe('over tRPC', () => {
    /** A change with a key, as the browser sends it. */
    async function change(path: string, input: unknown, key: string, token: string) {
      const response = await fetch(`${api.url}/trpc/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': key },
        ...(input === undefined ? {} : { body: JSON.stringify(input) }),
      });
      const { result, error } = (await response.json()) as {
        result?: { data?: { id: number } };
        error?: { data: { app: { code: string } } };
      };
      return { status: response.status, headers: response.headers, data: result?.data, code: error?.data.app.code };
    }
    const replayed = ({ headers }: { headers: Headers }) => headers.get('idempotency-replayed');
    async function buying() {
      const { seller, buyer, token } = await market();
      return {
        seller,
        buyer,
        token,
        place: (key: string, more: object = {}) => change('orders.place', { listingId: seller.listingId, ...more }, key, token),
      };
    }
    const ordersOf = (buyerId: number) => db.database.prisma.order.count({ where: { buyerId, status: 'placed' } });

    it('replays the answer, and stores nothing twice', async () => {
      const { buyer, place } = await buying();
      const [first, second] = [await place('one-order'), await place('one-order')];
      expect([first.status, second.status, replayed(first), replayed(second)]).toEqual([200, 200, null, 'true']);
      expect(second.data).toEqual(first.data);
      expect(await ordersOf(buyer.id)).toBe(1);
      await place('another-order');
      expect(await ordersOf(buyer.id)).toBe(2);
    });

    it('a change that answers nothing is replayed as nothing', async () => {
      const { seller, token, rate } = await market();
      const rated = await rate('to-be-reported');
      const report = () => change('moderation.report', { ratingId: rated.body.id, reason: 'abusive' }, 'report', api.tokenFor(seller));
      const [first, second] = [await report(), await report()];
      expect([first.status, first.data, second.status, second.data, replayed(second)]).toEqual([200, undefined, 200, undefined, 'true']);
      expect((await rest.delete(`/ratings/${rated.body.id}`, { token })).status).toBe(204);
      expect(replayed(await report())).toBe('true');
    });

    it('refuses the same key with another input, for another procedure, and over the other transport', async () => {
      const { seller, token, place } = await buying();
      const { data } = await place('same-key');
      expect(await place('same-key', { version: 1 })).toMatchObject({ status: 422, code: 'IDEMPOTENCY_MISMATCH' });
      expect((await change('orders.move', { id: data!.id, move: 'pay' }, 'same-key', token)).code).toBe('IDEMPOTENCY_MISMATCH');
      const headers = { 'idempotency-key': 'same-key' };
      const overRest = await rest.post('/orders', { listingId: seller.listingId }, { token, headers });
      expect(overRest.body.code).toBe('IDEMPOTENCY_MISMATCH');
    });

    it('a refused change leaves its key free', async () => {
      const { seller, buyer, token } = await market();
      const rate = (rating: number) => change('ratings.submit', { sellerId: seller.id, rating }, 'try-again', token);
      expect((await rate(9)).code).toBe('VALIDATION_FAILED');
      await db.database.prisma.order.updateMany({ where: { buyerId: buyer.id }, data: { status: 'shipped', completedAt: null } });
      expect((await rate(4)).code).toBe('NO_COMPLETED_ORDER');
      await completeOrders(db.database, seller, [buyer.id]);
      expect((await rate(4)).status).toBe(200);
    });

    it('of 20 at once one is done; the others replay it or must wait', async () => {
      const { buyer, place } = await buying();
      const answers = await Promise.all(Array.from({ length: 20 }, () => place('all-at-once')));
      const done = answers.filter(({ status }) => status === 200);
      expect(done.filter((answer) => replayed(answer) === null)).toHaveLength(1);
      expect(new Set(done.map(({ data }) => data?.id)).size).toBe(1);
      for (const { status, code } of answers.filter((answer) => answer.status !== 200))
        expect([status, code]).toEqual([409, 'IDEMPOTENCY_IN_FLIGHT']);
      expect(await ordersOf(buyer.id)).toBe(1);
    });

    it('a key whose process died while it worked is taken over', async () => {
      const { buyer, place } = await buying();
      await place('first-life');
      await db.database.prisma.idempotencyKey.updateMany({
        where: { userId: buyer.id },
        data: { status: 'in-flight', responseStatus: null, responseBody: null, lockedUntil: new Date(Date.now() - 1) },
      });
      expect(replayed(await place('first-life'))).toBeNull();
      expect(await ordersOf(buyer.id)).toBe(2); // the row was set back by hand: after a crash nothing of the first is there
    });

    it('changes travel alone: a batch of them is refused, with a key or without', async () => {
      const { seller, buyer, token } = await buying();
      const input = { listingId: seller.listingId };
      const answer = await change('orders.place,orders.place?batch=1', { 0: input, 1: input }, 'for-two', token);
      expect(answer.status).toBe(400);
      expect(await ordersOf(buyer.id)).toBe(0);
    });

    it('refuses a key that is none', async () => {
      const { token } = await buying();
      expect((await change('orders.place', { listingId: 1 }, 'with space', token)).code).toBe('VALIDATION_FAILED');
    });
  });

  describe('a use case that answers more than its transaction', () => {
    afterEach(() => vi.restoreAllMocks());
    const keyed = (token: string, key: string) => ({ token, headers: { 'idempotency-key': key } });
    const change = (percent: string) => ({ kind: 'price-percent', percent });

    it('replays the whole answer, over many transactions and over none', async () => {
      const { id, listingId } = await createSeller(db.database);
      const token = api.tokenFor({ id });
      const raise = (key: string, preview: boolean) =>
        rest.post('/listings/bulk', { ids: [listingId], change: change('10'), preview }, keyed(token, key));
      for (const [key, preview] of [
        ['looked at', true],
        ['raised', false],
      ] as const) {
        const [first, second] = [await raise(key.replace(' ', '-'), preview), await raise(key.replace(' ', '-'), preview)];
        expect([first.status, second.status, second.headers.get('idempotency-replayed')], key).toEqual([200, 200, 'true']);
        expect(second.body).toEqual(first.body);
      }
      const { price } = (await rest.get(`/listings/${listingId}`)).body;
      expect(price).toBe('13.75'); // 12.50, raised once
    });

    it('after a crash between commit and answer the change is not done again', async () => {
      const { id, listingId } = await createSeller(db.database);
      const token = api.tokenFor({ id });
      vi.spyOn(api.container.idempotency, 'complete').mockRejectedValueOnce(new Error('the process is gone'));
      const raise = () => rest.post('/listings/bulk', { ids: [listingId], change: change('10') }, keyed(token, 'crashed'));
      expect((await raise()).status).toBe(500);
      expect((await raise()).body).toMatchObject({ status: 409, code: 'EDIT_CONFLICT' });
      expect((await rest.get(`/listings/${listingId}`)).body.price).toBe('13.75');
    });

    it('where they are the same, nothing is left to do after the commit', async () => {
      const { rate } = await market();
      const complete = vi.spyOn(api.container.idempotency, 'complete').mockRejectedValue(new Error('the process is gone'));
      const [first, second] = [await rate('in-the-transaction'), await rate('in-the-transaction')];
      expect([first.status, second.status]).toEqual([201, 201]);
      expect(second.body).toEqual(first.body);
      expect(complete).not.toHaveBeenCalled();
    });
  });
});
