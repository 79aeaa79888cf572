import {
  call,
  createPerson,
  createSeller,
  restClient,
  spawnApi,
  startApi,
  startRedis,
  useApi,
  useDatabase,
  type Answer,
  type RedisServer,
  type ServerProcess,
  type TestApi,
} from '@assay/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

const LIMITS = { RATE_LIMIT_MAX_REQUESTS: '3', RATE_LIMIT_READ_MAX_REQUESTS: '5', RATE_LIMIT_WINDOW_MS: '60000' };

const db = useDatabase('sqlite');
let seller: { id: number };

beforeAll(async () => {
  seller = await createSeller(db.database);
});

const statuses = (answers: Answer[]) => answers.map(({ status }) => status);

async function inTurn(count: number, ask: (i: number) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let i = 0; i < count; i++) answers.push(await ask(i));
  return answers;
}

describe('limits of one process', () => {
  let api: TestApi;
  const rest = restClient(() => api.url);
  beforeEach(async () => {
    api = await startApi(db, LIMITS);
  });
  afterEach(() => api.close());

  it('reads and changes have budgets of their own; a spent one answers 429 with what to do', async () => {
    const token = api.tokenFor(await createPerson(db.database));
    const submit = () => rest.post('/ratings', { sellerId: seller.id, rating: 5 }, { token });
    expect(statuses(await inTurn(3, submit))).toEqual([403, 403, 403]); // no purchase: a refusal counts as well
    const refused = await submit();
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ code: 'RATE_LIMITED', status: 429, detail: expect.stringMatching(/[Tt]oo many/) as string });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(refused.headers.get('ratelimit-policy')).toMatch(/^"createLimiter"; q=3; w=60/);
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect((await rest.get('/ratings/mine', { token })).status).toBe(200);
  });

  it('counts each user, not the address they share', async () => {
    const [first, second] = await Promise.all([createPerson(db.database), createPerson(db.database)]);
    const read = (person: typeof first) => () => rest.get('/ratings/mine', { token: api.tokenFor(person) });
    expect(statuses(await inTurn(6, read(first)))).toEqual([200, 200, 200, 200, 200, 429]);
    expect(statuses(await inTurn(1, read(second)))).toEqual([200]);
  });

  it('counts what signs in or registers for its address, also with the tokens of many accounts', async () => {
    const from = (i: number) => async (path: string, body: object) => {
      const token = api.tokenFor(await createPerson(db.database));
      return rest.post(path, body, { token, headers: { 'x-forwarded-for': `203.0.113.${i}` } });
    };
    const known = { email: 'unknown@example.com', password: 'not this passphrase' };
    for (const [i, path, body] of [
      [31, '/auth/login', known],
      [32, '/auth/register', { ...known, email: 'no address', fullName: 'A' }],
      [33, '/auth/wallet/nonce', { address: `0x${'1'.repeat(40)}`, chainId: 5 }],
      [34, '/auth/wallet/verify', { message: 'm', signature: '0x11' }],
      [35, '/verification/email/confirm', { token: 'x'.repeat(32) }],
    ] as const) {
      const answers = await inTurn(4, () => from(i)(path, body));
      expect(
        statuses(answers).map((status) => status === 429),
        path,
      ).toEqual([false, false, false, true]);
    }
    const overTrpc = async () => {
      const headers = { 'x-forwarded-for': '203.0.113.36' };
      const token = api.tokenFor(await createPerson(db.database));
      return call(api.url, 'POST', '/trpc/verification%2Econfirm', { token: 'x'.repeat(32) }, { token, headers });
    };
    expect(statuses(await inTurn(4, overTrpc)).map((status) => status === 429)).toEqual([false, false, false, true]);
  });

  it('the headers say how much is left', async () => {
    const token = api.tokenFor(await createPerson(db.database));
    const [first, second] = await inTurn(2, () => rest.get('/ratings/mine', { token }));
    expect(first!.headers.get('ratelimit')).toMatch(/^"readLimiter"; r=4; t=\d+$/);
    expect(second!.headers.get('ratelimit')).toMatch(/^"readLimiter"; r=3; t=\d+$/);
    expect(first!.headers.get('x-ratelimit-limit')).toBeNull();
  });

  it('each call of a tRPC batch counts, however its commas are written; what every page asks about its reader is free once', async () => {
    const calls = async (paths: string[], comma: string, token: string): Promise<[boolean, string | null]> => {
      const answer = await fetch(`${api.url}/trpc/${paths.join(comma)}?batch=1&input=%7B%7D`, {
        headers: { authorization: `Bearer ${token}` },
      });
      await answer.text();
      return [answer.status === 429, answer.headers.get('ratelimit')?.replace(/; t=.*/, '') ?? null];
    };
    for (const comma of [',', '%2C', '%2c']) {
      const token = api.tokenFor(await createPerson(db.database));
      expect(await calls(['accounts.me', 'flags.mine', 'ratings.mine', 'ratings.mine'], comma, token)).toEqual([
        false,
        '"readLimiter"; r=3',
      ]);
      expect(await calls(['accounts.me', 'accounts.me', 'accounts.me'], comma, token)).toEqual([false, '"readLimiter"; r=1']);
      expect(await calls(['ratings.mine', 'ratings.mine'], comma, token)).toEqual([true, '"readLimiter"; r=0']);
    }
  });

  it('badges count with all other reads of an address, and answer 429 as these do', async () => {
    const badge = () => rest.get(`/ratings/seller/${seller.id}/summary`);
    const answers = await inTurn(6, badge);
    expect(statuses(answers)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers[0]!.headers.get('ratelimit')).toMatch(/^"readLimiter"; r=4; t=\d+$/);
    expect(answers[5]!.body.code).toBe('RATE_LIMITED');
    expect((await rest.get(`/sellers/${seller.id}`)).status).toBe(429);
  });

  it('a proxy is believed, a visitor who claims to be one is not', async () => {
    const from = (address: string) => () => rest.get(`/ratings/seller/${seller.id}/summary`, { headers: { 'x-forwarded-for': address } });
    expect(statuses(await inTurn(6, from('203.0.113.7')))).toContain(429);
    expect(statuses(await inTurn(1, from('203.0.113.8')))).toEqual([200]); // loopback is trusted by default
    // What stands before the last address was written by the visitor.
    expect(statuses(await inTurn(1, from('198.51.100.1, 203.0.113.7')))).toEqual([429]);
  });
});

describe('limits of two processes that share a Redis', () => {
  let redis: RedisServer;
  let processes: ServerProcess[];
  const { as } = useApi(db);

  beforeAll(async () => {
    redis = await startRedis();
    processes = await Promise.all([1, 2].map(() => spawnApi(db.url, { ...LIMITS, REDIS_URL: redis.url })));
    await Promise.all(processes.map((process) => healthIs(process, { status: 'healthy', checks: { database: true, cache: true } })));
  });
  afterAll(async () => {
    await Promise.all(processes.map((process) => process.stop()));
    await redis.kill();
  });

  const healthIs = (process: ServerProcess, health: object) =>
    vi.waitFor(async () => expect(await (await fetch(`${process.url}/health`)).json()).toMatchObject(health), { timeout: 60_000 });

  async function reader() {
    const options = as(await createPerson(db.database));
    return (i: number) => restClient(processes[i % 2]!.url).get('/ratings/mine', options);
  }

  it('count together', async () => {
    expect(statuses(await inTurn(7, await reader()))).toEqual([200, 200, 200, 200, 200, 429, 429]);
  });

  it('count badges together', async () => {
    const badge = (i: number) =>
      restClient(processes[i % 2]!.url).get(`/ratings/seller/${seller.id}/summary`, { headers: { 'x-forwarded-for': '203.0.113.77' } });
    expect(statuses(await inTurn(6, badge))).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it('go on without it, each counting for itself, and share again when it is back', async () => {
    await redis.kill();
    await Promise.all(processes.map((process) => healthIs(process, { status: 'degraded', checks: { database: true, cache: false } })));
    expect((await fetch(`${processes[0]!.url}/readyz`)).status).toBe(200);
    // Five from each: refused only when both are spent.
    expect(statuses(await inTurn(11, await reader()))).toEqual([...Array.from({ length: 10 }, () => 200), 429]);

    redis = await startRedis(Number(new URL(redis.url).port));
    await Promise.all(processes.map((process) => healthIs(process, { status: 'healthy' })));
    expect(statuses(await inTurn(6, await reader()))).toEqual([200, 200, 200, 200, 200, 429]);
    for (const process of processes) expect(process.output()).not.toMatch(/ERR_ERL|"level":"fatal"/);
  });

  it('start without it too', async () => {
    const process = await spawnApi(db.url, { ...LIMITS, REDIS_URL: 'redis://127.0.0.1:1' });
    await healthIs(process, { status: 'degraded' });
    const options = as(await createPerson(db.database));
    expect(statuses(await inTurn(6, () => restClient(process.url).get('/ratings/mine', options)))).toEqual([200, 200, 200, 200, 200, 429]);
    expect(await process.stop()).toBe(0);
  });
});
