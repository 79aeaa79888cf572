import { CreateListingInput } from '@assay/contract';
import {
  clearCache,
  createListing,
  explainScore,
  finishImport,
  getSeller,
  getSellerPage,
  getStorefront,
  grantRole,
  importBatch,
  ratingService,
  recalculateEverybody,
  rename,
  replyToRating,
  repairSellersScores,
  restoreStruckRating,
  startImport,
  refundOrder,
  strikeRating,
  unifiedImageService,
  updateStore,
  type Actor,
  type Context,
} from '@assay/core';
import {
  completeOrders,
  createPeople,
  createPerson,
  createSeller,
  onEachEngine,
  type Person,
  proveAddresses,
  type Seller,
  startApi,
  type SuiteApi,
  useApi,
  useProduct,
} from '@assay/testing';
import { beforeAll, expect, it } from 'vitest';

const TODAY = '2026-11-20T12:00:00.000Z';
const FIRST = { sort: 'newest', limit: 10 } as const;

/** Without a Redis: each process has a level of its own, and they learn of each other through the database. */
onEachEngine('the cache', (engine) => {
  const { db, api: writer, rest: elsewhere } = useProduct(engine);
  const { api: reader, rest, as } = useApi(db);
  const { api: uncached } = useApi(db, { SELLER_CACHE_TTL: '0' });
  let seller: Seller;
  let other: Seller;
  let rater: Person;
  let voter: Person;
  let admin: Person;
  let ratingId: number;
  let orderId: number;

  const userOf = ({ id, roles }: Person): Actor => ({ kind: 'user', id, roles, sessionId: 'x' });
  const system: Actor = { kind: 'system', name: 'test' };
  const anonymous: Actor = { kind: 'anonymous' };
  const at = (api: SuiteApi, actor: Actor): Context => api.container.context(actor, 'test', undefined, () => new Date(TODAY));
  const by = (person: Person) => writer.container.context(userOf(person), 'test');

  beforeAll(async () => {
    seller = await createSeller(db.database);
    other = await createSeller(db.database);
    admin = await createPerson(db.database, ['admin'], 'Admin');
    [rater, voter] = (await createPeople(db.database, 2, ['buyer'], 'Rater')) as [Person, Person];
    await proveAddresses(db.database, [voter]);
    orderId = (await completeOrders(db.database, seller, [rater.id, voter.id])).get(rater.id)!;
    await completeOrders(db.database, other, [rater.id]);
  });

  /** Everything that is kept, of both sellers. */
  const everything = async (ctx: Context) => ({
    storefront: await getStorefront(ctx),
    sellers: await Promise.all([seller, other].map(({ id }) => getSeller(ctx, id))),
    pages: await Promise.all([seller, other].map(({ id }) => getSellerPage(ctx, { id, ...FIRST }))),
    explanations: await Promise.all([seller, other].map(({ id }) => explainScore(ctx, { sellerId: id }))),
  });

  const IMPORTED = { line: 1, rater: 'r', seller: 's', rating: 5, comment: null, at: new Date('2026-01-01') } as const;
  const spoil = () => db.database.prisma.user.updateMany({ where: { id: seller.id }, data: { stars5: 7 } });
  const externalSeller = async () => {
    const [account] = await db.database.prisma.externalAccount.findMany({ where: { externalId: 's' } });
    await db.database.prisma.externalAccount.updateMany({ where: { externalId: 's' }, data: { userId: seller.id } });
    return account;
  };
  const importOne = async (external: { rater: string }) => {
    const ctx = writer.container.context(system, 'test');
    const run = await startImport(ctx, { source: 'old', fileName: 'f', fingerprint: external.rater });
    const { run: done } = await importBatch(ctx, run, { ratings: [{ ...IMPORTED, ...external }], bad: 0, lastLine: 1 });
    await finishImport(ctx, done);
  };

  const picture = async () => {
    const now = new Date();
    const row = { ownerId: seller.id, purpose: 'profile', status: 'ready', liveKey: `k${seller.id}`, bytes: 9, width: 9, height: 9 };
    await db.database.prisma.image.createMany({ data: [{ ...row, blur: '', leaseUntil: now, createdAt: now, updatedAt: now }] });
    const { id } = await db.database.prisma.image.findFirstOrThrow({ where: { ownerId: seller.id } });
    await db.database.prisma.imageVariant.createMany({
      data: [{ imageId: id, format: 'webp', width: 9, height: 9, storageKey: `s${id}`, bytes: 9 }],
    });
    return id;
  };
  const WRITES: [name: string, write: () => Promise<unknown>, before?: () => Promise<unknown>][] = [
    [
      'a rating',
      async () => (ratingId = (await ratingService.submit(by(rater), { sellerId: seller.id, rating: 4, comment: 'Well packed.' })).id),
    ],
    ['a second rating', () => ratingService.submit(by(rater), { sellerId: other.id, rating: 5 })],
    ['an edit', () => ratingService.edit(by(rater), { id: ratingId, rating: 2 })],
    ['a helpful vote', () => ratingService.voteHelpful(by(voter), { id: ratingId, helpful: true })],
    ['a reply', () => replyToRating(by(seller), { ratingId, text: 'Thank you.' })],
    ['a rater’s new name', () => updateStore(by(rater), { fullName: 'Zoë Quill', bio: null, location: null })],
    ['an account’s new name', () => rename(by(rater), { fullName: 'Yara Quill' })],
    ['the same of a seller', () => rename(by(seller), { fullName: 'Renamed' })],
    [
      'a new listing',
      () =>
        createListing(
          by(seller),
          CreateListingInput.parse({ title: 'Vase', price: '5.00', currency: 'EUR', category: 'ceramics/vases', publish: true }),
        ),
    ],
    [
      'a picture of the store',
      () =>
        picture().then((imageId) =>
          unifiedImageService.attach(by(seller), { purpose: 'profile', subjectId: seller.id, imageId, alt: 'Us' }),
        ),
    ],
    ['a store’s new description', () => updateStore(by(seller), { fullName: 'New Name', bio: 'Glass.', location: 'Évora' })],
    ['a rating struck out', () => strikeRating(by(admin), { ratingId, reason: 'fake', statement: 'There was no such purchase at all.' })],
    ['the same put back', () => restoreStruckRating(by(admin), { ratingId, statement: 'There was a purchase after all.' })],
    [
      'a refund in full',
      () => refundOrder(by(seller), { id: orderId, reason: 'returned' }),
      async () => {
        const payment = { orderId, provider: 'test', reference: 'r', amountE8: 1_000_000_000n, currency: 'EUR', status: 'captured' };
        await db.database.prisma.payment.createMany({ data: [payment] });
      },
    ],
    ['a rating withdrawn', () => ratingService.delete(by(rater), { id: ratingId })],
    ['the same restored', () => ratingService.restore(by(rater), { id: ratingId })],
    ['an import that brings a seller', () => importOne({ rater: 'r1' })],
    ['an import for a seller', () => externalSeller().then(() => importOne({ rater: 'r2' }))],
    ['a recalculation', () => recalculateEverybody(writer.container.context(system, 'test'), { kind: 'all' }), spoil],
    ['a repair', () => repairSellersScores(writer.container.context(system, 'test'), [{ sellerId: seller.id }]), spoil],
    [
      'a new seller by command',
      async () => {
        const email = `new-${engine}@example.com`;
        await elsewhere.post('/auth/register', { email, password: 'a long passphrase', fullName: 'New Seller' });
        await db.database.prisma.user.updateMany({ where: { email }, data: { emailVerifiedAt: new Date() } });
        await grantRole(writer.container.context(system, 'test'), { email, role: 'seller' });
      },
    ],
  ];

  it.each(WRITES)(
    '%s is seen at once by who is signed in anywhere, by everybody where it was written, and soon by all',
    async (_name, write, prepare) => {
      await prepare?.(); // past the product: nothing is published
      if (prepare) await clearCache(writer.container.context(system, 'test'), {});
      const stranger = userOf(voter);
      const served = [at(reader, stranger), at(writer, anonymous), at(reader, anonymous)];
      for (const ctx of served) await everything(ctx); // is kept now
      const before = await everything(at(uncached, anonymous));
      await write();
      for (const ctx of served.slice(0, 2)) expect(await everything(ctx)).toEqual(await everything(at(uncached, ctx.actor)));
      const now = await everything(at(uncached, anonymous));
      expect(now).not.toEqual(before);
      await reader.container.feed.catchUp(); // the clock would do it in a quarter of a second
      expect(await everything(at(reader, anonymous))).toEqual(now);
    },
  );

  it('serves most from memory, and says so', async () => {
    const ctx = at(reader, anonymous);
    await everything(ctx);
    const before = reader.container.cache.stats();
    await everything(ctx);
    const { process, state, shared } = reader.container.cache.stats();
    expect([process.hits - before.process.hits, process.misses - before.process.misses]).toEqual([7, 0]);
    expect([state, shared, reader.container.cache.health()]).toEqual(['up', null, 'up']);
    expect(uncached.container.cache.stats()).toMatchObject({ state: 'off', process: { hits: 0, entries: 0 } });
  });

  it('keeps nothing that is one person’s own', async () => {
    await ratingService.voteHelpful(by(voter), {
      id: (await getSellerPage(by(rater), { id: seller.id, ...FIRST })).ratings!.items[0]!.id,
      helpful: true,
    });
    for (const person of [rater, voter, admin]) {
      const served = await getSellerPage(at(reader, userOf(person)), { id: seller.id, ...FIRST });
      expect(served).toEqual(await getSellerPage(at(uncached, userOf(person)), { id: seller.id, ...FIRST }));
    }
    const mine = (await getSellerPage(at(reader, userOf(rater)), { id: seller.id, ...FIRST })).ratings!.items.filter((item) => item.mine);
    expect(mine).toHaveLength(1);
    expect(mine[0]!.orderId).toEqual(expect.any(Number));
    const everybody = await getSellerPage(at(reader, anonymous), { id: seller.id, ...FIRST });
    expect(everybody.ratings!.items.some((item) => item.mine || item.orderId !== null || item.foundHelpful)).toBe(false);
    expect(everybody.canRate).toBeNull();
  });

  it('shows scores only to those who have ratings', async () => {
    const half = { RATING_ROLLOUT_PERCENTAGE: '50' };
    const [kept, bare] = await Promise.all([startApi(db, half), startApi(db, { ...half, SELLER_CACHE_TTL: '0' })]);
    const people = await createPeople(db.database, 12);
    const outcomes = new Set<boolean>();
    for (const actor of [...people.map(userOf), anonymous]) {
      const [served, right] = await Promise.all([kept, bare].map((api) => everythingBut(at(api, actor))));
      expect(served).toEqual(right);
      outcomes.add(served!.page.ratings !== null);
    }
    expect(outcomes.size).toBe(2);
    await Promise.all([kept.close(), bare.close()]);
  });
  /** Explanations are refused to readers without ratings. */
  const everythingBut = async (ctx: Context) => ({
    storefront: await getStorefront(ctx),
    seller: await getSeller(ctx, seller.id),
    page: await getSellerPage(ctx, { id: seller.id, ...FIRST }),
  });

  it('notes each invalidation with its event, and when it was applied', async () => {
    const { id } = await ratingService.edit(by(rater), { id: (await mineOf()).id, rating: 1 });
    expect(id).toEqual(expect.any(Number));
    const row = await db.database.prisma.sellerCacheInvalidation.findFirst({ orderBy: { id: 'desc' } });
    expect(row).toMatchObject({ sellerId: seller.id, invalidationType: 'seller', component: 'ratings' });
    expect(await db.database.prisma.outboxEvent.findUnique({ where: { id: row!.id } })).toMatchObject({ topic: 'rating.edited' });
    const completed = async () => (await db.database.prisma.sellerCacheInvalidation.count({ where: { completedAt: null } })) === 0;
    await expect.poll(completed, { timeout: 30_000 }).toBe(true);
    const { metrics } = writer.container.repos;
    const long = new Date(0);
    await metrics.purge({ samples: long, events: new Date(Date.now() + 1000), sessions: long });
    expect(await db.database.prisma.sellerCacheInvalidation.count()).toBe(0);
  });
  const mineOf = async () => (await getSellerPage(by(rater), { id: seller.id, ...FIRST })).ratings!.items.find((item) => item.mine)!;

  it('is looked at, warmed up and cleared by operators, and that is on record', async () => {
    for (const [method, path] of [
      ['get', '/operations/cache'],
      ['post', '/operations/cache/clear'],
      ['post', '/operations/cache/warm-up'],
    ] as const)
      expect((await (method === 'get' ? rest.get(path, as(rater)) : rest.post(path, undefined, as(rater)))).body.code).toBe('FORBIDDEN');
    await ratingService.submit(by(voter), { sellerId: seller.id, rating: 5 });
    const warm = await rest.post('/operations/cache/warm-up?limit=5', undefined, as(admin));
    expect(warm.body).toMatchObject({ sellers: 1, entries: 4, state: 'up' });
    const report = async () => (await rest.get(`/operations/cache?seller=${seller.id}`, as(admin))).body;
    expect((await report()).seller).toMatchObject([
      { state: 'current', level: 'process' },
      { state: 'absent' },
      { state: 'current' },
      { state: 'current' },
    ]);
    expect((await elsewhere.post(`/operations/cache/clear?seller=${seller.id}`, undefined, as(admin))).status).toBe(204);
    await reader.container.feed.catchUp();
    expect((await report()).seller.map(({ state }: { state: string }) => state)).toEqual([
      'invalidated',
      'absent',
      'invalidated',
      'invalidated',
    ]);
    expect((await elsewhere.post('/operations/cache/clear?seller=999999', undefined, as(admin))).body.code).toBe('SELLER_NOT_FOUND');
    const documents = await fetch(`${reader.url}/api/marketplace/seller/cache/warm-up`, {
      method: 'POST',
      headers: { authorization: `Bearer ${reader.tokenFor(admin)}` },
    });
    expect([documents.status, ((await documents.json()) as { sellers: number }).sellers]).toEqual([200, 1]);
    const audit = (await rest.get('/audit', as(admin))).body.items as { action: string }[];
    expect(
      audit
        .map(({ action }) => action)
        .filter((action) => action.startsWith('cache.'))
        .slice(0, 3),
    ).toEqual(['cache.warmed-up', 'cache.cleared', 'cache.warmed-up']);
  });
});
