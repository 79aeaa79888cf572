import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { jwtTokens, readConfig, ROOT } from '@assay/api';
import {
  createMarket,
  createTestDatabase,
  onSqlServer,
  recount,
  restClient,
  sessionIdOf,
  spawnApi,
  startTcpProxy,
  storedAggregates,
  testEnvironment,
  type Person,
  type Seller,
  type ServerProcess,
  type TcpProxy,
  type TestDatabase,
} from '@assay/testing';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

const OUTAGE_MS = 10_000;
const tokens = jwtTokens(readConfig(testEnvironment('file:./none.db')).jwt);
const tokenOf = ({ id }: Person) => tokens.issueAccessToken({ userId: id, sessionId: sessionIdOf(id) }, new Date()).token;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Market {
  db: TestDatabase;
  seller: Seller;
  buyers: Person[];
}

async function market(engine: 'sqlite' | 'sqlserver', count: number): Promise<Market> {
  const db = await createTestDatabase(engine);
  const { seller, buyers } = await createMarket(db.database, count);
  return { db, seller, buyers };
}

const rate = async ({ url }: { url: string }, { seller }: Market, buyer: Person) =>
  restClient(url).post('/ratings', { sellerId: seller.id, rating: 4 }, { token: tokenOf(buyer) });

const expectRightScore = async ({ db, seller }: Market) =>
  expect(await storedAggregates(db.database, seller.id)).toEqual(await recount(db.database, seller.id));

describe('several processes on one SQLite file', () => {
  let place: Market;
  let apis: ServerProcess[];
  beforeAll(async () => {
    place = await market('sqlite', 400);
    apis = await Promise.all([1, 2, 3].map(() => spawnApi(place.db.url)));
  });
  afterAll(async () => {
    await Promise.all(apis.map((api) => api.stop()));
    await place.db.drop();
  });
  const said = () => apis.map((api) => api.output()).join('');

  it('and a command that recounts, write at once: no client hears that the database is locked', async () => {
    const buyers = place.buyers.splice(0, 300);
    const env = { ...process.env, ...testEnvironment(place.db.url) };
    const over = new AbortController();
    const recounts = (async () => {
      const codes: unknown[] = [];
      do {
        const child = spawn(process.execPath, ['scripts/recalculate-aggregates.ts'], { cwd: ROOT, env, stdio: 'ignore' });
        codes.push((await once(child, 'exit'))[0]);
      } while (!over.signal.aborted);
      return codes;
    })();
    const statuses = await Promise.all(
      Array.from({ length: 12 }, async (_, client) => {
        const own: number[] = [];
        for (let i = client; i < buyers.length; i += 12) own.push((await rate(apis[i % 3]!, place, buyers[i]!)).status);
        return own;
      }),
    );
    over.abort();
    expect(new Set(await recounts)).toEqual(new Set([0]));
    expect(new Set(statuses.flat())).toEqual(new Set([201]));
    await expectRightScore(place);
    expect(said()).not.toMatch(/locked|SQLITE_BUSY/i);
  });

  it('wait while another process holds the database for ten seconds, and are alive meanwhile', async () => {
    const impatient = await spawnApi(place.db.url, { DATABASE_CONNECTION_TIMEOUT: '1000' });
    const holder = new Database(place.db.url.slice('file:'.length));
    holder.exec('BEGIN EXCLUSIVE');
    const from = performance.now();
    const waiting = apis.flatMap((api) => [1, 2].map(() => rate(api, place, place.buyers.pop()!)));
    const refused = await Promise.all([1, 2].map(() => rate(impatient, place, place.buyers.pop()!)));
    for (const { status, body, headers } of refused) {
      expect([status, body.code, headers.get('content-type')]).toEqual([503, 'BUSY', 'application/problem+json; charset=utf-8']);
      expect(headers.get('retry-after')).toBe('1');
    }
    expect(performance.now() - from).toBeLessThan(5000);
    while (performance.now() - from < OUTAGE_MS) {
      for (const api of [...apis, impatient]) {
        const asked = performance.now();
        expect((await fetch(`${api.url}/livez`)).status).toBe(200);
        expect((await fetch(`${api.url}/readyz`)).status).toBe(200); // it reads
        expect(performance.now() - asked).toBeLessThan(2000);
      }
      await pause(200);
    }
    holder.exec('COMMIT');
    holder.close();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(Array(6).fill(201));
    expect((await rate(impatient, place, place.buyers.pop()!)).status).toBe(201);
    expect(await impatient.stop()).toBe(0);
    expect(apis.map(({ child }) => child.exitCode)).toEqual([null, null, null]);
  });
});

onSqlServer('a server that goes away for ten seconds', () => {
  let place: Market;
  let proxy: TcpProxy;
  let api: ServerProcess;
  beforeAll(async () => {
    place = await market('sqlserver', 4000);
    const [, host = '', port = '1433'] = /^sqlserver:\/\/([^:;]+)(?::(\d+))?/.exec(place.db.url)!;
    proxy = await startTcpProxy(host, Number(port));
    const url = place.db.url.replace(/^sqlserver:\/\/[^;]+/, `sqlserver://127.0.0.1:${proxy.port}`);
    api = await spawnApi(url, { DATABASE_CONNECTION_TIMEOUT: '15000', DATABASE_POOL_SIZE: '5' });
  });
  afterAll(async () => {
    await api.stop();
    proxy.close();
    await place.db.drop();
  });

  it('is answered with 503 meanwhile, and found again without a restart', async () => {
    const rest = restClient(api.url);
    const token = tokenOf(place.seller);
    const read = () => rest.get(`/ratings/seller/${place.seller.id}`, { token });
    const page = () => rest.get('/sellers');
    const seen: { at: number; status: number; code: unknown; type: string | null }[] = [];
    const over = new AbortController();
    const clients = [read, page, () => rate(api, place, place.buyers.pop()!), read, page].map(async (ask) => {
      while (!over.signal.aborted && place.buyers.length > 0) {
        const { status, body, headers } = await ask();
        seen.push({ at: performance.now(), status, code: body.code, type: headers.get('content-type') });
        await pause(50);
      }
    });
    onTestFinished(async () => {
      over.abort();
      await Promise.allSettled(clients);
    });
    while (!seen.some(({ status }) => status === 201) || seen.length < 10) await pause(50);
    expect(new Set(seen.map(({ status }) => status))).toEqual(new Set([200, 201]));

    const cutAt = performance.now();
    proxy.cut();
    while (performance.now() - cutAt < OUTAGE_MS) {
      expect((await fetch(`${api.url}/livez`)).status).toBe(200);
      await pause(500);
    }
    expect((await fetch(`${api.url}/readyz`)).status).toBe(503);
    await proxy.mend();
    const mendedAt = performance.now();
    const settledAt = mendedAt + 5000;
    const wellSince = (from: number) => seen.filter(({ at, status }) => at > from && status < 400);
    while (wellSince(settledAt).length < 20 || !wellSince(settledAt).some(({ status }) => status === 201)) await pause(50);
    expect(wellSince(mendedAt)[0]!.at).toBeLessThan(settledAt);
    over.abort();
    await Promise.all(clients);

    const during = seen.filter(({ at }) => at > cutAt + 200 && at < mendedAt);
    expect(during.length).toBeGreaterThan(20);
    const bad = seen.filter(({ status }) => status >= 400);
    expect(new Set(bad.map(({ status, type }) => `${status} ${type}`))).toEqual(new Set(['503 application/problem+json; charset=utf-8']));
    expect(bad.filter(({ at }) => at > settledAt)).toEqual([]);
    expect(api.child.exitCode).toBeNull();
    const answered = seen.filter(({ status }) => status === 201).length;
    expect(await place.db.database.prisma.sellerRating.count()).toBeGreaterThanOrEqual(answered);
    await expectRightScore(place);
  });

  it('has no more connections than it is allowed: a request that waits for too long hears that it is busy', async () => {
    const narrow = await spawnApi(place.db.url, { DATABASE_POOL_SIZE: '1', DATABASE_CONNECTION_TIMEOUT: '4000' });
    const answers = await Promise.all(Array.from({ length: 1000 }, () => rate(narrow, place, place.buyers.pop()!)));
    await narrow.stop();
    const heard = new Set(answers.map(({ status, body }) => (status === 201 ? '201' : `${status} ${body.code}`)));
    expect(heard).toContain('503 BUSY');
    // A server that is slow as well may let a statement run out of time.
    expect([...heard].filter((one) => !['201', '503 BUSY', '503 UNAVAILABLE'].includes(one))).toEqual([]);
    await expectRightScore(place);
  });
});
