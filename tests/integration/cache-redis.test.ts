import { spawnSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { ROOT, STALE_MAX_MS } from '@assay/api';
import { getSeller, sellerEntry, updateStore, type Context, type SellerCache } from '@assay/core';
import type { SellerPageData, SellerView } from '@assay/contract';
import {
  createMarket,
  createSeller,
  createTestDatabase,
  cuttableWay,
  onEachEngine,
  restClient,
  spawnApi,
  startApi,
  startRedis,
  testEnvironment,
  useDatabase,
  type Person,
  type RedisServer,
  type Seller,
  type TestApi,
} from '@assay/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const VISITOR = { exact: false };

/** With a real Redis, that is killed, cut off, emptied and tampered with. */
onEachEngine('the shared cache', (engine) => {
  const db = useDatabase(engine);
  let redis: RedisServer;
  let seller: Seller;
  let apis: TestApi[] = [];

  beforeEach(async () => {
    redis = await startRedis();
    seller = await createSeller(db.database);
  });
  afterEach(async () => {
    await Promise.all(apis.splice(0).map((api) => api.close()));
    await redis.kill();
  });

  /** A process whose shared level is in use. */
  async function start(url = redis.url): Promise<TestApi> {
    const api = await startApi(db, { REDIS_URL: url });
    apis.push(api);
    await api.container.cache.ready();
    return api;
  }
  const rename = (api: TestApi, fullName: string) =>
    updateStore(api.container.context({ kind: 'user', id: seller.id, roles: seller.roles, sessionId: 'x' }, 'test'), {
      fullName,
      bio: null,
      location: null,
    });
  const visitor = (api: TestApi): Context => api.container.context({ kind: 'anonymous' }, 'test');
  const nameAt = async (api: TestApi) => (await getSeller(visitor(api), seller.id)).name;
  const stats = (api: TestApi) => api.container.cache.stats();
  /** Reads with a load that says what it is asked for, and what the database says. */
  const readAt = (api: TestApi, onLoad: () => unknown = () => {}, cache: SellerCache = api.container.cache) =>
    cache.read(sellerEntry(seller.id, true), VISITOR, async () => {
      await onLoad();
      return getSeller({ ...visitor(api), cache: { ...cache, read: (_entry, _options, load) => load() } }, seller.id);
    });
  const NEVER = () => expect.unreachable('this was to come from the cache');
  /** What was kept in the background is there. */
  const keptBy = async (api: TestApi) => {
    const entry = async () => (await api.container.cache.inspect([sellerEntry(seller.id, true)])).find(({ level }) => level === 'shared');
    await expect.poll(entry, { timeout: 30_000 }).toMatchObject({ state: 'current' });
  };

  it('gives one process what another has loaded, with the rest of its life', async () => {
    const [a, b] = [await start(), await start()];
    const loaded = await readAt(a);
    await keptBy(a);
    expect(await readAt(b, NEVER)).toEqual(loaded);
    expect(stats(b)).toMatchObject({ shared: { hits: 1, misses: 0 }, state: 'up' });
    const [inProcess] = await b.container.cache.inspect([sellerEntry(seller.id, true)]);
    expect(inProcess!.expiresInS).toBeGreaterThan(200);
    expect(inProcess!.expiresInS).toBeLessThanOrEqual(300);
  });

  it('keeps nothing that was loaded before a write and comes after its invalidation', async () => {
    const [a, b] = [await start(), await start()];
    const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = a.container.cache.read(sellerEntry(seller.id, true), VISITOR, async () => {
      const old = await readAt(a, undefined, { ...a.container.cache, read: (_entry, _options, load) => load() });
      begun.resolve();
      await goOn.promise;
      return old;
    });
    await begun.promise;
    await rename(b, 'After');
    await a.container.feed.catchUp(); // a has heard of it before its load ends
    goOn.resolve();
    expect((await slow).name).toBe(seller.fullName); // it was asked before
    for (const api of [a, b, await start()]) expect((await readAt(api)).name).toBe('After');
  });

  it('loads once for many who ask at once, in several processes', async () => {
    const [a, b] = [await start(), await start()];
    let loads = 0;
    const asked = Array.from({ length: 60 }, (_, i) => readAt(i % 2 ? a : b, () => void loads++));
    await Promise.all(asked);
    // The other process waits a moment for the first; on a machine that is busy for longer it loads for itself.
    expect(loads).toBeLessThanOrEqual(2);
    const fresh = await start();
    await keptBy(a);
    await readAt(fresh, NEVER);
  });

  it('takes what is not readable, or of another version, for missing, and mends it', async () => {
    const a = await start();
    const shared = a.container.redis!;
    const loaded = await readAt(a);
    await keptBy(a);
    const { key } = (await a.container.cache.inspect([sellerEntry(seller.id, true)])).find(({ level }) => level === 'shared')!;
    const text = (await shared.send(['GET', `seller:${key}`])) as string;
    const stamp = text.slice(0, text.indexOf('|') + 1);
    for (const [i, garbage] of ['{"id":', '', '[]', '{"id":"1"}', JSON.stringify({ ...loaded, name: null })].entries()) {
      await shared.send(['SET', `seller:${key}`, stamp + garbage]);
      const api = await start();
      let loads = 0;
      expect(await readAt(api, () => void loads++), `${i}`).toEqual(loaded);
      expect(loads).toBe(1);
      await keptBy(api);
      expect(await shared.send(['GET', `seller:${key}`])).toBe(text);
    }
  });

  it('uses nothing that was kept before a write whose process died before it could say so', async () => {
    const a = await start();
    await readAt(a);
    await keptBy(a);
    await Promise.all(apis.splice(0).map((api) => api.close()));
    const quiet = await startApi(db); // commits, and never publishes to this Redis
    quiet.container.feed.stop();
    await rename(quiet, 'Unpublished');
    await quiet.close();
    expect(await db.database.prisma.sellerCacheInvalidation.count({ where: { completedAt: null, sellerId: seller.id } })).toBe(1);
    const b = await start();
    expect(await nameAt(b)).toBe('Unpublished');
    expect(await db.database.prisma.sellerCacheInvalidation.count({ where: { completedAt: null } })).toBe(0);
  });

  it('cut off from its Redis serves what is right, says so, and forgets all that is there when it is back', async () => {
    const way = await cuttableWay(Number(new URL(redis.url).port));
    const a = await start(`redis://127.0.0.1:${way.port}`);
    await readAt(a);
    await keptBy(a);
    way.cut();
    await expect.poll(() => a.container.cache.health(), { timeout: 30_000 }).toBe('degraded');
    await rename(a, 'While it was away');
    expect(await nameAt(a)).toBe('While it was away');
    expect(await db.database.prisma.sellerCacheInvalidation.count({ where: { completedAt: null, sellerId: seller.id } })).toBe(1);
    way.mend(); // the entry from before is still there
    await a.container.cache.ready();
    expect(a.container.cache.health()).toBe('up');
    expect(await nameAt(await start())).toBe('While it was away');
    await expect
      .poll(() => db.database.prisma.sellerCacheInvalidation.count({ where: { completedAt: null } }), { timeout: 30_000 })
      .toBe(0);
    await way.close();
  });

  it('uses nothing of a Redis that comes back with what it held earlier', async () => {
    const way = await cuttableWay(Number(new URL(redis.url).port));
    const [a, direct] = [await start(`redis://127.0.0.1:${way.port}`), (await start()).container.redis!];
    await readAt(a);
    await keptBy(a);
    const keys = ((await direct.send(['KEYS', 'seller:*'])) as string[]).filter((key) => /seller:(tag|seller):/.test(key));
    const earlier = await Promise.all(keys.map(async (key) => [key, (await direct.send(['GET', key])) as string] as const));
    await rename(a, 'Later');
    const pending = () => db.database.prisma.sellerCacheInvalidation.count({ where: { completedAt: null } });
    await expect.poll(pending, { timeout: 30_000 }).toBe(0);
    way.cut();
    await expect.poll(() => a.container.cache.health(), { timeout: 30_000 }).toBe('degraded');
    for (const [key, value] of earlier) await direct.send(['SET', key, value]);
    way.mend();
    await a.container.cache.ready();
    expect(await nameAt(await start())).toBe('Later');
    await way.close();
  });

  it('is completed by the clock where no other process has', async () => {
    const a = await start();
    const last = await db.database.prisma.outboxEvent.findFirst({ orderBy: { id: 'desc' } });
    const row = { id: (last?.id ?? 0) + 1000, sellerId: seller.id, invalidationType: 'seller', component: 'ratings' };
    const at = (ageMs: number) => new Date(Date.now() - ageMs);
    await readAt(a);
    await db.database.prisma.sellerCacheInvalidation.createMany({
      data: [
        { ...row, triggeredAt: at(60_000) },
        { ...row, id: row.id + 1, triggeredAt: at(-60_000) },
      ],
    });
    await keptBy(a);
    expect(await a.container.cache.completeLeftOver()).toBe(1); // the other one may be on its way
    const [, shared] = await a.container.cache.inspect([sellerEntry(seller.id, true)]);
    expect(shared!.state).toBe('invalidated');
    await db.database.prisma.sellerCacheInvalidation.deleteMany({ where: { id: row.id + 1 } });
  });
});

describe('npm run cache', () => {
  it('looks at, warms up and clears the level that processes share', async () => {
    const db = await createTestDatabase('sqlite');
    const redis = await startRedis();
    const seller = await createSeller(db.database);
    await db.database.prisma.user.update({ where: { id: seller.id }, data: { stars5: 3 } });
    const run = (args: string[], url = redis.url) => {
      const env = { ...process.env, ...testEnvironment(db.url, url ? { REDIS_URL: url } : {}) };
      const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/cache.ts', ...args], { cwd: ROOT, env, encoding: 'utf8' });
      return { status, stdout, stderr };
    };
    const json = (args: string[]) => JSON.parse(run([...args, '--json']).stdout) as Record<string, never>;
    expect(json(['warm-up', '--limit', '3'])).toMatchObject({ sellers: 1, entries: 4, state: 'up' });
    const api = await startApi(db, { REDIS_URL: redis.url });
    await api.container.cache.ready();
    expect(run(['inspect', `${seller.id}`]).stdout.match(/: current, /g)).toHaveLength(3);
    expect(run(['clear', '--seller', `${seller.id}`])).toMatchObject({ status: 0, stdout: `cleared: seller ${seller.id}\n` });
    await expect
      .poll(() => db.database.prisma.sellerCacheInvalidation.count({ where: { completedAt: null } }), { timeout: 30_000 })
      .toBe(0);
    const [, shared] = await api.container.cache.inspect([sellerEntry(seller.id, true)]);
    expect(shared!.state).toBe('invalidated');
    const stats = json(['stats']);
    expect(stats).toMatchObject({ invalidations: { pending: 0, last: { sellerId: seller.id, component: 'everything' } } });
    expect(stats.everywhere).toMatchObject({ processes: expect.any(Number) as number });
    expect(run(['dust'])).toMatchObject({ status: 2, stdout: '' });
    expect(run(['warm-up'], '')).toMatchObject({ status: 1, stdout: '' });
    await api.close();
    await redis.kill();
    await db.drop();
  });
});

/** Everything at once, as it is in production: two processes, many people, a Redis that dies and comes back. */
onEachEngine('two processes under load', (engine) => {
  it('writers see what they wrote, and no reader sees what is older than the bound', async () => {
    const db = await createTestDatabase(engine);
    const port = Number(new URL((await startRedis().then(async (probe) => probe.kill().then(() => probe))).url).port);
    let redis = await startRedis(port);
    const { seller, buyers } = await createMarket(db.database, 48);
    const processes = await Promise.all([0, 1].map(() => spawnApi(db.url, { REDIS_URL: redis.url, LOG_LEVEL: 'silent' })));
    const signer = await startApi(db, { SELLER_CACHE_TTL: '0' });
    const anyOf = <T>(values: T[]) => values[Math.floor(Math.random() * values.length)]!;
    const rest = () => restClient(anyOf(processes).url);
    const page = async (token?: string): Promise<SellerPageData> => {
      const input = encodeURIComponent(JSON.stringify({ id: seller.id }));
      const answer = await fetch(`${anyOf(processes).url}/trpc/sellers.page?input=${input}`, {
        headers: token ? { authorization: `Bearer ${token}` } : {},
      });
      return ((await answer.json()) as { result: { data: SellerPageData } }).result.data;
    };
    /** When each rating was answered: as many, at least, are committed. */
    const answeredAt: number[] = [];
    let begun = 0;
    const writing = new AbortController();
    let reads = 0;
    const total = (data: SellerPageData) => data.seller.summary!.totalRatings;

    const write = async (own: Person[]) => {
      for (const buyer of own) {
        const token = signer.tokenFor(buyer);
        begun++;
        const { status, body } = await rest().post('/ratings', { sellerId: seller.id, rating: 3 }, { token });
        expect(status).toBe(201);
        answeredAt.push(performance.now());
        const atLeast = answeredAt.length;
        const seen = await page(token);
        expect(total(seen)).toBeGreaterThanOrEqual(atLeast);
        expect(seen.canRate).toMatchObject({ ratingId: body.id });
        await rest().patch(`/ratings/${body.id}`, { rating: 5 }, { token });
        const { body: view }: { body: SellerView } = await rest().get(`/sellers/${seller.id}`, { token });
        expect(view.summary!.histogram[5]).toBeGreaterThanOrEqual(1);
        const mine = (await page(token)).ratings!.items.find((item) => item.mine);
        if (mine) expect(mine.rating).toBe(5); // others may have pushed it off the first page
      }
    };
    const read = async () => {
      while (!writing.signal.aborted) {
        const asked = performance.now();
        const seen = total(await page());
        expect(seen).toBeGreaterThanOrEqual(answeredAt.filter((at) => at < asked - STALE_MAX_MS).length);
        expect(seen).toBeLessThanOrEqual(begun);
        reads++;
        await setTimeout(5); // people, not a load generator
      }
    };
    const faults = async () => {
      await expect.poll(() => answeredAt.length, { timeout: 300_000 }).toBeGreaterThan(16);
      await redis.kill();
      await expect.poll(() => answeredAt.length, { timeout: 300_000 }).toBeGreaterThan(32);
      redis = await startRedis(port);
    };
    const writers = [0, 1, 2, 3].map((n) => write(buyers.filter((_, i) => i % 4 === n)));
    const work = [faults(), Promise.all(writers).finally(() => writing.abort()), ...[0, 1, 2].map(read)];
    await Promise.all(work).finally(() => writing.abort());
    expect(reads).toBeGreaterThan(20);
    await setTimeout(STALE_MAX_MS);
    for (let i = 0; i < 4; i++) expect(total(await page())).toBe(buyers.length);
    await Promise.all([...processes.map((one) => one.stop()), signer.close(), redis.kill()]);
    await db.drop();
  }, 600_000);
});
