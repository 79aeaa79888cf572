import { get } from 'node:http';
import { once } from 'node:events';
import { createApiServer } from '@assay/api';
import {
  completeOrders,
  createPerson,
  createSeller,
  onEachEngine,
  spawnApi,
  spawnApiCluster,
  spawnWeb,
  sumOf,
  useDatabase,
  useProcess,
  useProduct,
} from '@assay/testing';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { buildWeb } from '../../scripts/lib/build-web.ts';

/** On a connection of its own: a kept one would always reach the same process. */
const ask = (url: string) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    get(url, { agent: false }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      res.on('end', () => resolve({ status: res.statusCode!, text }));
    }).on('error', reject);
  });
const scrape = async (url: string) => {
  const { status, text } = await ask(`${url}/metrics`);
  expect(status).toBe(200);
  return text;
};
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 100 });

describe('metrics of several processes', () => {
  const db = useDatabase('sqlite');

  it('add up exactly in cluster mode, whichever of them is asked, and go on when one is killed', async () => {
    const seller = await createSeller(db.database);
    const cluster = await spawnApiCluster(db.url, 2);
    const requests = 61;
    const path = '/api/v1/ratings/seller/:id/summary';
    await Promise.all(Array.from({ length: requests }, () => ask(`${cluster.url}/api/v1/ratings/seller/${seller.id}/summary`)));
    const counted = (text: string, labels = {}) =>
      sumOf(text, 'seller_api_response_time_seconds_count', { endpoint: path, method: 'GET', status: '2xx', ...labels });
    // A request is counted a moment after its answer has been read.
    await eventually(async () => expect(counted(await scrape(cluster.url))).toBe(requests));
    for (let i = 0; i < 4; i++) {
      const text = await scrape(cluster.url);
      const [first, second] = ['0', '1'].map((worker) => counted(text, { worker }));
      expect(first! + second!).toBe(requests);
      expect(Math.min(first!, second!)).toBeGreaterThan(0);
      expect(sumOf(text, 'marketplace_workers', { app: 'marketplace-api', state: 'serving' })).toBe(2);
    }

    const gone = once(cluster.child, 'message');
    cluster.child.send({ kill: 1 });
    expect(await gone).toEqual(['killed', undefined]);
    const text = await scrape(cluster.url);
    expect(sumOf(text, 'marketplace_workers', { state: 'serving' })).toBe(1);
    expect(sumOf(text, 'marketplace_workers', { state: 'unreachable' })).toBe(0);
    expect(counted(text, { worker: '1' })).toBeNull();
    expect(await cluster.stop()).toBe(0);
  });

  describe('of two apps', () => {
    const api = useProcess(() => spawnApi(db.url));
    beforeAll(buildWeb);
    const web = useProcess(() => spawnWeb(api.url, { NODE_APP_INSTANCE: '0' }));

    it('are on one scrape: pages by route, what was passed on, and what the API did not answer', async () => {
      for (const path of ['/sellers/999998', '/sellers/999999', '/sign-in', '/nothing/there', '/api/v1/sellers', '/livez'])
        await ask(web.url + path);
      const lonely = await spawnWeb('http://127.0.0.1:1', { NODE_APP_INSTANCE: '1' });
      for (const path of ['/api/v1/sellers', '/sign-in', '/sellers/1']) await ask(lonely.url + path);
      const requests = (text: string, labels: Record<string, string>) =>
        sumOf(text, 'marketplace_web_response_time_seconds_count', { app: 'marketplace-web', ...labels });
      await eventually(async () => {
        const text = await scrape(api.url);
        expect(requests(text, { worker: '0', route: '/sellers/[id]', status: '4xx' })).toBe(2);
        expect(requests(text, { worker: '0', route: '/sign-in', status: '2xx' })).toBe(1);
        expect(requests(text, { worker: '0', route: 'api' })).toBe(1);
        expect(requests(text, { worker: '0' })).toBe(5); // not the health checks
        expect(requests(text, { worker: '1', route: '/sellers/[id]', status: '5xx' })).toBe(1);
        expect(sumOf(text, 'marketplace_web_upstream_errors_total', { worker: '1' })).toBeGreaterThanOrEqual(2);
        expect(sumOf(text, 'marketplace_web_upstream_errors_total', { worker: '0' })).toBe(0);
      });
      await lonely.stop();
    });

    it('are not shown to visitors', async () => {
      expect((await ask(`${web.url}/metrics`)).status).toBe(404);
    });

    it.skipIf(process.platform === 'win32')('say that a process hangs, and come in time', async () => {
      web.child.kill('SIGSTOP');
      try {
        const begun = performance.now();
        const text = await scrape(api.url);
        expect(performance.now() - begun).toBeLessThan(4000);
        expect(sumOf(text, 'marketplace_workers', { app: 'marketplace-web', state: 'unreachable' })).toBe(1);
        expect(sumOf(text, 'marketplace_workers', { app: 'marketplace-api', state: 'serving' })).toBe(1);
      } finally {
        web.child.kill('SIGCONT');
      }
      await eventually(async () =>
        expect(sumOf(await scrape(api.url), 'marketplace_workers', { app: 'marketplace-web', state: 'serving' })).toBe(1),
      );
    });
  });
});

onEachEngine('what is counted', (engine) => {
  const { db, api, rest } = useProduct(engine, { RATE_LIMIT_READ_MAX_REQUESTS: '40' });

  it('are new stores, listings and what happens to ratings, once committed; never what was rolled back', async () => {
    const buyer = await createPerson(db.database);
    const token = api.tokenFor(buyer);
    const figure = async (name: string, labels = {}) => sumOf(await scrape(api.url), name, labels);
    const listing = { title: 'Bowl', price: '12.50', currency: 'EUR', category: 'ceramics' };
    for (let i = 0; i < 2; i++) expect((await rest.post('/listings', listing, { token })).status).toBe(201);
    expect(await figure('seller_profile_creations_total')).toBe(1);
    expect(await figure('seller_listing_creations_total')).toBe(2);

    const ctx = api.container.context({ kind: 'system', name: 'test' }, 'test');
    const other = await createPerson(db.database);
    const undone = ctx.change(async (tx) => {
      await tx.publish('profile.created', { sellerId: other.id });
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    expect(await figure('seller_profile_creations_total')).toBe(1);

    const seller = await createSeller(db.database);
    await completeOrders(db.database, seller, [buyer.id]);
    const { body } = await rest.post('/ratings', { sellerId: seller.id, rating: 5 }, { token });
    await rest.patch(`/ratings/${body.id}`, { rating: 4 }, { token });
    await rest.delete(`/ratings/${body.id}`, { token });
    for (const action of ['submitted', 'edited', 'withdrawn'])
      expect(await figure('seller_rating_changes_total', { action }), action).toBe(1);
    expect(await figure('marketplace_database_operation_seconds_count', { operation: 'transaction' })).toBeGreaterThan(5);
    expect(await figure('marketplace_database_connections', { state: 'waiting' })).toBe(0);
  });

  it('are refusals by code over both transports, and spent budgets; endpoints are ours, for any address', async () => {
    const stranger = { token: api.tokenFor(await createPerson(db.database)) };
    await rest.get('/sellers/999999999', stranger);
    await fetch(`${api.url}/trpc/made.up${Math.random()}`);
    await fetch(`${api.url}/api/v1/${Math.random()}`);
    for (let i = 0; i < 41; i++) await rest.get('/ratings/mine', stranger);
    const text = await scrape(api.url);
    expect(sumOf(text, 'marketplace_errors_total', { code: 'SELLER_NOT_FOUND' })).toBe(1);
    expect(sumOf(text, 'marketplace_errors_total', { code: 'NOT_FOUND' })).toBe(2);
    expect(sumOf(text, 'seller_rate_limit_violations_total', { limiter: 'readLimiter' })).toBe(2);
    expect(sumOf(text, 'marketplace_errors_total', { code: 'RATE_LIMITED' })).toBe(2);
    expect(text).not.toMatch(/0\.\d{5,}"/);
    expect(sumOf(text, 'seller_api_response_time_seconds_count', { endpoint: 'trpc unknown', status: '4xx' })).toBe(1);
  });

  it('is served without the database, which is reported as away', async () => {
    const away = () => new Promise<never>(() => {});
    const { repos } = api.container;
    const container = { ...api.container, repos: { ...repos, maintenance: { ...repos.maintenance, lastVerification: away } } };
    const { server, stop } = createApiServer(container);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const text = await scrape(`http://127.0.0.1:${(server.address() as { port: number }).port}`);
    expect([sumOf(text, 'marketplace_database_up'), sumOf(text, 'seller_rating_discrepancies')]).toEqual([0, null]);
    expect(sumOf(text, 'seller_listing_creations_total')).toBe(2);
    await stop();
  });
});
