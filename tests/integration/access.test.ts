import { completeOrders, createPeople, createSeller, onEachEngine, useProduct, type Person, type Seller } from '@assay/testing';
import { beforeAll, expect, it } from 'vitest';

/** What belongs to one person is refused to all others, endpoint by endpoint. */
onEachEngine('access', (engine) => {
  const { db, api, rest, as } = useProduct(engine);
  let seller: Seller;
  let buyer: Person;
  let stranger: Person;
  let ratingId: number;
  let orderId: number;

  beforeAll(async () => {
    seller = await createSeller(db.database);
    [buyer, stranger] = (await createPeople(db.database, 2)) as [Person, Person];
    await completeOrders(db.database, seller, [buyer.id]);
    ratingId = (await rest.post('/ratings', { sellerId: seller.id, rating: 4 }, as(buyer))).body.id;
    orderId = (await rest.post('/orders', { listingId: seller.listingId }, as(buyer))).body.id;
  });

  it.each([
    ['GET', '/ratings/seller/1'],
    ['GET', '/ratings/can-rate/1'],
    ['GET', '/ratings/mine'],
    ['POST', '/ratings'],
    ['PATCH', '/ratings/1'],
    ['DELETE', '/ratings/1'],
    ['POST', '/ratings/1/helpful'],
    ['DELETE', '/ratings/1/helpful'],
    ['POST', '/listings'],
    ['GET', '/store'],
    ['PUT', '/store'],
    ['PUT', '/store/featured'],
    ['PUT', '/sellers/1/follow'],
    ['DELETE', '/sellers/1/follow'],
    ['GET', '/following'],
    ['POST', '/orders'],
    ['GET', '/orders'],
    ['GET', '/orders/1'],
    ['POST', '/orders/1/pay'],
    ['POST', '/orders/1/ship'],
    ['POST', '/orders/1/complete'],
    ['POST', '/orders/1/cancel'],
    ['GET', '/ratings/dashboard'],
    ['GET', '/ratings/received'],
    ['GET', '/ratings/received.csv'],
    ['POST', '/ratings/1/reply'],
    ['POST', '/ratings/1/report'],
    ['POST', '/feedback'],
    ['GET', '/decisions'],
    ['POST', '/decisions/1/appeal'],
    ['GET', '/moderation/queue'],
    ['POST', '/moderation/ratings/1/strike'],
    ['POST', '/moderation/ratings/1/restore'],
    ['POST', '/moderation/ratings/1/dismiss'],
    ['POST', '/moderation/appeals/1'],
    ['GET', '/audit'],
    ['GET', '/operations/dashboard'],
    ['GET', '/operations/success-report'],
    ['POST', '/operations/alerts/1/acknowledge'],
    ['POST', '/operations/alerts/1/close'],
    ['POST', '/operations/maintenance'],
    ['POST', '/operations/maintenance/1/pause'],
    ['POST', '/operations/maintenance/1/resume'],
    ['POST', '/operations/repair'],
    ['GET', '/operations/cache'],
    ['POST', '/operations/cache/clear'],
    ['POST', '/operations/cache/warm-up'],
    ['GET', '/auth/me'],
    ['PATCH', '/auth/me'],
    ['GET', '/auth/ways-in'],
    ['POST', '/auth/wallets'],
    ['DELETE', '/auth/wallets/0x0000000000000000000000000000000000000001'],
    ['POST', '/auth/password'],
    ['POST', '/auth/password/remove'],
    ['GET', '/auth/sessions'],
    ['DELETE', '/auth/sessions/00000000-0000-4000-8000-000000000000'],
  ])('%s %s wants a token, and a good one', async (method, path) => {
    const call = (token?: string) => fetch(`${api.url}/api/v1${path}`, { method, headers: token ? { authorization: token } : {} });
    const tampered = api.tokenFor(buyer).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${Buffer.from(`{"sub":"${buyer.id}","sid":"x","roles":["admin"],"exp":9999999999,"iss":"assay"}`).toString('base64url')}.`;
    for (const token of [
      undefined,
      'Bearer nonsense',
      `Bearer ${tampered}`,
      `Bearer ${unsigned}`,
      `Basic ${Buffer.from('a:b').toString('base64')}`,
    ]) {
      const response = await call(token);
      expect([response.status, ((await response.json()) as { code: string }).code], token).toEqual([401, 'UNAUTHENTICATED']);
    }
  });

  it('refuses an expired token', async () => {
    const past = new Date(Date.now() - 24 * 3_600_000);
    const { token } = api.container.tokens.issueAccessToken({ userId: buyer.id, roles: buyer.roles, sessionId: 'x' }, past);
    expect((await rest.get('/auth/me', { token })).status).toBe(401);
  });

  it('another person’s rating: not to change, not to take back', async () => {
    for (const person of [stranger, seller]) {
      const edit = await rest.patch(`/ratings/${ratingId}`, { rating: 1 }, as(person));
      const remove = await rest.delete(`/ratings/${ratingId}`, as(person));
      expect([edit.status, edit.body.code, remove.status, remove.body.code]).toEqual([403, 'FORBIDDEN', 403, 'FORBIDDEN']);
    }
    expect((await rest.get(`/ratings/seller/${seller.id}/summary`)).body.histogram).toEqual({ 1: 0, 2: 0, 3: 0, 4: 1, 5: 0 });
  });

  it('another person’s order: not to see, not to move, not in a list', async () => {
    expect((await rest.get(`/orders/${orderId}`, as(stranger))).status).toBe(404);
    for (const move of ['pay', 'ship', 'complete', 'cancel'])
      expect((await rest.post(`/orders/${orderId}/${move}`, undefined, as(stranger))).status, move).toBe(404);
    for (const side of ['buyer', 'seller']) expect((await rest.get(`/orders?as=${side}`, as(stranger))).body.items).toEqual([]);
  });

  it('the other party’s moves are refused', async () => {
    expect((await rest.post(`/orders/${orderId}/pay`, undefined, as(seller))).body.code).toBe('FORBIDDEN');
    expect((await rest.post(`/orders/${orderId}/ship`, undefined, as(buyer))).body.code).toBe('FORBIDDEN');
    expect((await rest.post(`/orders/${orderId}/complete`, undefined, as(seller))).body.code).toBe('FORBIDDEN');
  });

  it('another person’s session: not to see, not to end', async () => {
    const email = `owner-${engine}@example.com`;
    const owner = (await rest.post('/auth/register', { email, password: 'a long passphrase', fullName: 'Owner' })).body;
    const [session] = (await rest.get('/auth/sessions', { token: owner.token })).body.items;
    expect((await rest.delete(`/auth/sessions/${session.id}`, as(stranger))).status).toBe(404);
    expect((await rest.get('/auth/sessions', { token: owner.token })).body.items).toHaveLength(1);
    expect((await rest.get('/auth/sessions', as(stranger))).body.items).toEqual([]);
    expect((await rest.delete(`/auth/sessions/${session.id}`, { token: owner.token })).status).toBe(204);
  });

  it('an order number is shown to the rater alone', async () => {
    const mine = await rest.get(`/ratings/seller/${seller.id}`, as(buyer));
    const theirs = await rest.get(`/ratings/seller/${seller.id}`, as(stranger));
    expect(mine.body.items[0].orderId).toEqual(expect.any(Number));
    expect(theirs.body.items[0]).toMatchObject({ orderId: null, mine: false });
    expect(theirs.body.items[0].raterName).not.toBe(buyer.fullName);
  });

  it('a draft exists for its seller alone', async () => {
    const { body: listing } = await rest.post('/listings', { title: 'Draft', price: '1.00', currency: 'EUR' }, as(seller));
    expect((await rest.get(`/listings/${listing.id}`, as(seller))).status).toBe(200);
    expect((await rest.get(`/listings/${listing.id}`, as(stranger))).status).toBe(404);
    expect((await rest.get(`/listings/${listing.id}`)).status).toBe(404);
    expect((await rest.post('/orders', { listingId: listing.id }, as(stranger))).status).toBe(404);
  });

  it('the same over tRPC', async () => {
    const mutate = (procedure: string, input: unknown, token?: string) =>
      fetch(`${api.url}/trpc/${procedure}`, {
        method: 'POST',
        body: JSON.stringify(input),
        headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      });
    const codeOf = async (response: Response) =>
      ((await response.json()) as { error: { data: { app: { code: string } } } }).error.data.app.code;
    expect(await codeOf(await mutate('ratings.submit', { sellerId: seller.id, rating: 5 }))).toBe('UNAUTHENTICATED');
    expect(await codeOf(await mutate('ratings.edit', { id: ratingId, rating: 1 }, api.tokenFor(stranger)))).toBe('FORBIDDEN');
    expect(await codeOf(await mutate('ratings.withdraw', { id: ratingId }, api.tokenFor(seller)))).toBe('FORBIDDEN');
    expect(await codeOf(await mutate('ratings.restore', { id: ratingId }, api.tokenFor(stranger)))).toBe('RATING_NOT_FOUND');
    expect(await codeOf(await mutate('orders.move', { id: orderId, move: 'cancel' }, api.tokenFor(stranger)))).toBe('ORDER_NOT_FOUND');
  });
});
