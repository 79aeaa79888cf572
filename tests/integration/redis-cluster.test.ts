import { createLogger, openRedis } from '@assay/api';
import { getSeller, sellerEntry, updateStore, type Context } from '@assay/core';
import {
  createPerson,
  createSeller,
  restClient,
  startApi,
  startRedisCluster,
  useDatabase,
  type RedisServer,
  type Seller,
  type TestApi,
} from '@assay/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

describe('processes that share a Redis Cluster', () => {
  const db = useDatabase('sqlite');
  let redis: RedisServer;
  let seller: Seller;
  let first: TestApi;
  let second: TestApi;

  beforeAll(async () => {
    redis = await startRedisCluster();
    seller = await createSeller(db.database, 'Kiln');
    const variables = { REDIS_URL: redis.url, REDIS_CLUSTER_MODE: 'true', RATE_LIMIT_READ_MAX_REQUESTS: '5' };
    first = await startApi(db, variables);
    second = await startApi(db, variables);
    for (const { container } of [first, second]) {
      await vi.waitFor(() => expect(container.redis!.isUp()).toBe(true), { timeout: 30_000 });
      await container.cache.ready();
    }
  });
  afterAll(async () => {
    await Promise.all([first.close(), second.close()]);
    await redis.kill();
  });

  const visitor = (api: TestApi): Context => api.container.context({ kind: 'anonymous' }, 'test');
  const nameAt = async (api: TestApi) => (await getSeller(visitor(api), seller.id)).name;

  it('count requests together', async () => {
    const person = await createPerson(db.database);
    const statuses: number[] = [];
    for (let i = 0; i < 7; i++) {
      const api = i % 2 ? second : first;
      statuses.push((await restClient(api.url).get('/ratings/mine', { token: api.tokenFor(person) })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  });

  it('serve what another one has loaded, until it changes', async () => {
    expect(await nameAt(first)).toBe(seller.fullName);
    const kept = async () => (await first.container.cache.inspect([sellerEntry(seller.id, true)])).find(({ level }) => level === 'shared');
    await expect.poll(kept, { timeout: 30_000 }).toMatchObject({ state: 'current' });
    expect(await nameAt(second)).toBe(seller.fullName);
    expect(second.container.cache.stats().shared).toMatchObject({ hits: 1, misses: 0 });
    const owner = first.container.context({ kind: 'user', id: seller.id, roles: seller.roles, sessionId: 'x' }, 'test');
    await updateStore(owner, { fullName: 'Kiln & Co.', bio: null, location: null });
    await vi.waitFor(async () => expect(await nameAt(second)).toBe('Kiln & Co.'));
  });

  it('hear what is published from the moment at which it answers', async () => {
    const listening = openRedis({ url: redis.url, cluster: true, keyTag: '{assay}' }, createLogger('silent', 'test'));
    const heard: string[] = [];
    listening.onReady(() => listening.subscribe('assay:test', (message) => heard.push(message)));
    await expect
      .poll(async () => (await first.container.redis!.publish('assay:test', 'hello'), heard.length), { timeout: 15_000 })
      .toBeGreaterThan(0);
    listening.close();
  });

  it('go on without it', async () => {
    await redis.kill();
    await vi.waitFor(() => expect(first.container.redis!.isUp()).toBe(false), { timeout: 30_000 });
    expect(await nameAt(first)).toBe('Kiln & Co.');
    expect((await restClient(first.url).get(`/sellers/${seller.id}`)).status).toBe(200);
  });
});
