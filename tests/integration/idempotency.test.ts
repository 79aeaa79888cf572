import { completeOrders, createMarket, onEachEngine, useProduct } from '@assay/testing';
import { expect, it } from 'vitest';

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

  it('of 20 at once one is done; the others replay it or are asked to wait', async () => {
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
});
