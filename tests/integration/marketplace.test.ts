import { UnifiedSellerDashboard, UnifiedSellerListing, UnifiedSellerListings, UnifiedSellerProfile } from '@assay/contract';
import {
  call,
  createPerson,
  createSeller,
  onEachEngine,
  restClient,
  useProduct,
  type CallOptions,
  type Person,
  type Seller,
} from '@assay/testing';
import { beforeAll, expect, it } from 'vitest';

/** The addresses that the founding documents call. */
onEachEngine('the marketplace’s seller', (engine) => {
  const { db, api, as } = useProduct(engine);
  let seller: Seller;
  let newcomer: Person;

  beforeAll(async () => {
    seller = await createSeller(db.database, 'Kiln');
    newcomer = await createPerson(db.database);
  });

  const at = (path: string) => `${api.url}/api/marketplace/seller${path}`;
  const get = (path: string, options?: CallOptions) => call(at(''), 'GET', path, undefined, options);
  const post = (path: string, body: unknown, options?: CallOptions) => call(at(''), 'POST', path, body, options);
  const path = (person: Person, rest: string) => `/${person.id}/${rest}`;

  it('profile and listings are public, and of one shape', async () => {
    const profile = await get(path(seller, 'profile'));
    expect(UnifiedSellerProfile.strict().parse(profile.body)).toMatchObject({ sellerId: seller.id, displayName: seller.fullName });
    const etag = profile.headers.get('etag')!;
    expect((await get(path(seller, 'profile'), { headers: { 'if-none-match': etag } })).status).toBe(304);
    const { items, total, nextCursor } = UnifiedSellerListings.strict().parse((await get(path(seller, 'listings'))).body);
    expect([total, nextCursor]).toEqual([1, null]);
    expect(items).toEqual([expect.objectContaining({ id: seller.listingId, price: '12.50', currency: 'EUR' })]);
    expect(Object.keys(items[0]!).toSorted()).toEqual(Object.keys(UnifiedSellerListing.shape).toSorted());
  });

  it.each(['/profile', '/listings'])('%s of an unknown account, or of no seller, is not there', async (part) => {
    for (const key of ['999999999', '4294967296', String(newcomer.id), `0x${'cd'.repeat(20)}`])
      expect([key, (await get(`/${key}${part}`)).body.code]).toEqual([key, 'SELLER_NOT_FOUND']);
    for (const key of ['test-wallet', '0', '01', '1e3', '0x12', `0x${'g'.repeat(40)}`])
      expect([key, (await get(`/${key}${part}`)).body.code]).toEqual([key, 'VALIDATION_FAILED']);
  });

  it('the documents’ own calls create a profile and a listing, for their owner', async () => {
    const profile = await post(path(newcomer, 'profile'), { displayName: 'Test Seller' }, as(newcomer));
    expect([profile.status, profile.body]).toEqual([200, expect.objectContaining({ displayName: 'Test Seller', bio: null })]);
    const listing = await post(path(newcomer, 'listings'), { title: 'Test Product', price: 100, currency: 'USD' }, as(newcomer));
    expect([listing.status, listing.body]).toEqual([201, expect.objectContaining({ title: 'Test Product', price: '100.00' })]);
    expect((await get(path(newcomer, 'listings'))).body.items).toEqual([listing.body]);
  });

  it('what is left out of a profile stays; what is emptied goes', async () => {
    await post(path(seller, 'profile'), { bio: 'Stoneware', location: 'Ghent' }, as(seller));
    const changed = await post(path(seller, 'profile'), { location: '' }, as(seller));
    expect(changed.body).toMatchObject({ displayName: seller.fullName, bio: 'Stoneware', location: null });
  });

  it('listings come page by page, each once, with their total', async () => {
    const many = await createSeller(db.database, 'Many');
    for (let n = 2; n <= 5; n++) await post(path(many, 'listings'), { title: `Cup ${n}`, price: n, currency: 'EUR' }, as(many));
    const pages: { items: { id: number }[]; nextCursor: string | null; total: number }[] = [];
    for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1)!.nextCursor)
      pages.push((await get(path(many, `listings?limit=2${cursor && `&cursor=${cursor}`}`))).body);
    expect(pages.map(({ items, total }) => [items.length, total])).toEqual([
      [2, 5],
      [2, 5],
      [1, 5],
    ]);
    const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    expect(new Set(ids).size).toBe(5);
    expect((await get(path(many, 'listings?cursor=WyJ4Il0'))).body.code).toBe('INVALID_CURSOR');
    for (const limit of ['0', '101', 'x']) expect((await get(path(many, `listings?limit=${limit}`))).status).toBe(400);
  });

  it('prices are exact, as text and as numbers, or refused', async () => {
    const offer = (price: unknown, currency = 'ETH') => post(path(seller, 'listings'), { title: 'Coin', price, currency }, as(seller));
    expect((await offer(0.1)).body.price).toBe('0.10000000');
    expect((await offer('1234567890.12345678')).body.price).toBe('1234567890.12345678');
    for (const price of [0, -1, 1e-9, 1e300, 1234567890.1234567, '1e30', null, [1]])
      expect([price, (await offer(price)).body.code]).toEqual([price, 'VALIDATION_FAILED']);
    expect((await offer(0.001, 'EUR')).body.errors).toEqual([expect.objectContaining({ field: 'price' })]);
  });

  it('a listing that is sent twice with one key is made once, and answered the same', async () => {
    const send = () => {
      const options = { ...as(seller), headers: { 'idempotency-key': 'one-bowl' } };
      return post(path(seller, 'listings'), { title: 'Bowl of its own', price: 5, currency: 'EUR' }, options);
    };
    const [first, again] = [await send(), await send()];
    expect([again.status, again.headers.get('idempotency-replayed'), again.body]).toEqual([201, 'true', first.body]);
    const { items } = (await get(path(seller, 'listings'))).body;
    expect(items.filter(({ title }: { title: string }) => title === 'Bowl of its own')).toHaveLength(1);
  });

  it('a wallet names its seller, however it is written', async () => {
    const address = `0x${'aB'.repeat(20)}`;
    await db.database.prisma.wallet.createMany({ data: [{ address: address.toLowerCase(), userId: seller.id, chainId: 1 }] });
    const byWallet = await get(`/${address}/profile`);
    expect(byWallet.body).toMatchObject({ sellerId: seller.id, walletAddress: address.toLowerCase() });
    expect((await get(path(seller, 'profile'))).body).toEqual(byWallet.body);
    expect((await get(`/${address}/dashboard`, as(seller))).status).toBe(200);
    expect((await get(`/${address}/dashboard`, as(newcomer))).status).toBe(403);
  });

  it('the dashboard is whole, and its owner’s', async () => {
    await restClient(api.url).post('/orders', { listingId: seller.listingId }, as(newcomer));
    const { status, body } = await get(path(seller, 'dashboard?window=30'), as(seller));
    expect(status).toBe(200);
    const dashboard = UnifiedSellerDashboard.strict().parse(body);
    expect(dashboard.profile).toEqual((await get(path(seller, 'profile'))).body);
    expect(dashboard.sales).toEqual([expect.objectContaining({ listingId: seller.listingId, status: 'placed' })]);
    expect(dashboard.ratings?.trend.window).toBe('30');
    const draft = await restClient(api.url).post('/listings', { title: 'Unfinished jug', currency: 'EUR', publish: false }, as(seller));
    expect(draft.status).toBe(201);
    const after = (await get(path(seller, 'dashboard'), as(seller))).body;
    expect(after.listings[0]).toMatchObject({ id: draft.body.id, status: 'draft' });
    expect(after.listingCounts).toMatchObject({ draft: 1, active: dashboard.listingCounts.active });
    expect((await get(path(seller, 'listings'))).body.items).not.toContainEqual(expect.objectContaining({ status: 'draft' }));
  });

  it('only the seller writes, or sees the dashboard', async () => {
    const admin = await createPerson(db.database, ['admin']);
    for (const [ask, own] of [
      [(options?: CallOptions) => get(path(seller, 'dashboard'), options), 'dashboard'],
      [(options?: CallOptions) => post(path(seller, 'profile'), { displayName: 'Mine now' }, options), 'profile'],
      [(options?: CallOptions) => post(path(seller, 'listings'), { title: 'x', price: 1, currency: 'EUR' }, options), 'listings'],
    ] as const) {
      expect([own, (await ask()).body.code]).toEqual([own, 'UNAUTHENTICATED']);
      for (const person of [newcomer, admin]) expect([own, (await ask(as(person))).body.code]).toEqual([own, 'FORBIDDEN']);
    }
    expect((await get(path(seller, 'profile'))).body.displayName).toBe(seller.fullName);
    const wrong = await call(at(''), 'DELETE', path(seller, 'profile'), undefined, as(seller));
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, POST, PATCH']);
  });

  it('is gone while its flag is off, for everybody, and there again as it was', async () => {
    const admin = as(await createPerson(db.database, ['admin']));
    const flag = (action: string, body?: object) => restClient(api.url).post(`/flags/seller-unified-api/${action}`, body, admin);
    const before = (await get(path(seller, 'profile'))).body;
    const off = await flag('rollback');
    expect(off.status).toBe(200);
    for (const ask of [
      () => get(path(seller, 'profile')),
      () => get(path(seller, 'listings')),
      () => get(path(seller, 'dashboard'), as(seller)),
      () => post(path(seller, 'profile'), { bio: 'x' }, as(seller)),
      () => post(path(seller, 'listings'), { title: 'x', price: 1, currency: 'EUR' }, as(seller)),
    ])
      expect([(await ask()).status, (await ask()).body.code]).toEqual([404, 'NOT_FOUND']);
    expect((await restClient(api.url).get(`/sellers/${seller.id}`)).status).toBe(200);
    const on = await flag('switch', { enabled: true, version: off.body.version });
    expect(on.status).toBe(200);
    expect((await get(path(seller, 'profile'))).body).toEqual(before);
  });

  it('the dashboard has no ratings where those are switched off', async () => {
    const admin = as(await createPerson(db.database, ['admin']));
    const flag = (action: string, body?: object) => restClient(api.url).post(`/flags/seller-ratings/${action}`, body, admin);
    const off = await flag('rollback');
    const { status, body } = await get(path(seller, 'dashboard'), as(seller));
    expect([status, body.ratings, body.profile.stats.ratings]).toEqual([200, null, null]);
    expect((await flag('switch', { enabled: true, version: off.body.version })).status).toBe(200);
  });
});
