import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { jwtTokens, ROOT } from '@assay/api';
import { LIVE_PATH } from '@assay/contract';
import {
  PRODUCTION,
  completeOrders,
  createPeople,
  createSeller,
  freePort,
  sessionIdOf,
  startRedis,
  useDatabase,
  type RedisServer,
  type Seller,
} from '@assay/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openPm2, type Pm2 } from '../../scripts/lib/pm2.ts';
import { START_MS_MAX } from '../../scripts/lib/pm2-config.ts';
import { isRunning } from '../../scripts/lib/releases.ts';
import { ask, openSocket, startLoad } from './pm2-load.ts';

const JWT_SECRET = 'q7RkT0vZ1xLw8sYp2NdHc5GmUa9EfBjK';
const MEMORY_MB = 1000; // more than any load here needs
const HANG_MS = 10_000; // a slow disk may stop a process for some seconds

const db = useDatabase('sqlite');
let dir: string;
let redis: RedisServer;
let pm2: Pm2;
let env: Record<string, string>;
let [api, web] = ['', ''];
let seller: Seller;

/** npm run pm2:COMMAND, as an operator calls it. */
function command(args: string[], variables: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/pm2.ts', ...args], {
    cwd: ROOT,
    env: { ...env, ...variables },
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

/** The same, while the test goes on. */
function inBackground(args: string[]): Promise<[code: number | null, output: string]> {
  const child = spawn(process.execPath, ['scripts/pm2.ts', ...args], { cwd: ROOT, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve([code, output])));
}

const logged = (kind: 'api' | 'web', stream: 'out' | 'error') => readFileSync(path.join(dir, `${kind}-${stream}.log`), 'utf8');
const lines = (kind: 'api' | 'web', stream: 'out' | 'error' = 'out') =>
  logged(kind, stream)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { pid: number; msg: string; level: string });
/** Every process that has come up so far, oldest first. */
const cameUp = (kind: 'api' | 'web') =>
  lines(kind)
    .filter(({ msg }) => msg === 'listening')
    .map(({ pid }) => pid);
/** What PM2 and the processes wrote last about starts and ends, to explain a failure. */
const lastWords = () => [
  ...readFileSync(path.join(dir, 'pm2', 'pm2.log'), 'utf8')
    .split('\n')
    .filter((line) => /starting|online|exited|exceeds|SIGKILL|Stopping/.test(line))
    .slice(-16),
  ...(['api', 'web'] as const).flatMap((kind) => logged(kind, 'error').split('\n').slice(-3)),
];
const running = (kind: 'api' | 'web') =>
  pm2
    .list()
    .filter(({ name, pm2_env }) => name === `marketplace-${kind}` && pm2_env.status === 'online')
    .map(({ pid }) => pid)
    .toSorted((a, b) => a - b);

async function until<T>(what: string, look: () => T | Promise<T>, withinMs = START_MS_MAX): Promise<NonNullable<T>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > deadline) throw new Error(`Waited ${withinMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Has a process run a piece of code: what nothing in the product lets anybody do. */
function tell(pid: number, code: string): void {
  writeFileSync(path.join(dir, `${pid}.js`), code);
  process.kill(pid, 'SIGUSR2');
}

/** Waits for the process that takes the place of another one, and that PM2 has two of a kind again. */
async function replacement(kind: 'api' | 'web', before: number[]): Promise<number> {
  const pid = await until(`a new ${kind} process`, () => cameUp(kind).findLast((one) => !before.includes(one)) ?? 0);
  await until(`two ${kind} processes`, () => running(kind).length === 2);
  return pid;
}

beforeAll(async () => {
  dir = mkdtempSync('/tmp/assay-pm2-'); // short: sockets below it
  redis = await startRedis();
  seller = await createSeller(db.database);
  const [webPort, apiPort] = [await freePort(), await freePort()];
  [web, api] = [`http://127.0.0.1:${webPort}`, `http://127.0.0.1:${apiPort}`];
  env = {
    PATH: process.env.PATH ?? '',
    HOME: dir,
    PM2_HOME: path.join(dir, 'pm2'),
    PM2_WORKER_INTERVAL: '500',
    LOG_DIR: dir,
    RUNTIME_DIR: path.join(dir, 'run'),
    WEB_PORT: String(webPort),
    API_PORT: String(apiPort),
    API_MAX_MEMORY: `${MEMORY_MB}M`,
    DATABASE_URL: db.url,
    REDIS_URL: redis.url,
    JWT_SECRET,
    ...PRODUCTION,
    RATE_LIMIT_MAX_REQUESTS: '1000000000',
    HANG_TIMEOUT_MS: String(HANG_MS),
    NODE_OPTIONS: `--import ${path.join(ROOT, 'tests/ops/on-signal.mjs')}`,
    ASSAY_TEST_SCRIPTS: dir,
  };
  pm2 = openPm2(env.PM2_HOME!, env, 'ignore');
  const { status, output } = command(['start']);
  expect(output).toMatch(/Trying marketplace-api[^]*Trying marketplace-web[^]*marketplace-api is healthy[^]*marketplace-web is healthy/);
  expect(status, output).toBe(0);
});
afterAll(async () => {
  await pm2?.run(['kill']);
  await redis?.kill();
  rmSync(dir, { recursive: true, force: true });
});

describe('the commands', () => {
  it('start two processes of each, once', async () => {
    expect([running('api').length, running('web').length]).toEqual([2, 2]);
    expect(await ask({ url: `${web}/health` }, false)).toBe(200);
    expect(command(['start'])).toEqual({ status: 1, output: expect.stringContaining('npm run pm2:reload') as string });
  });

  it('refuse before anything is touched: every wrong variable is named, and what would not come up is not tried on people', () => {
    const before = [...running('api'), ...running('web')];
    const wrong = command(['reload'], {
      API_INSTANCES: '0',
      WEB_INSTANCES: 'all',
      API_MAX_MEMORY: '1 GB',
      LOG_LEVEL: 'loud',
      JWT_SECRET: '',
    });
    expect(wrong.status).toBe(2);
    for (const name of ['API_INSTANCES', 'WEB_INSTANCES', 'API_MAX_MEMORY', 'LOG_LEVEL', 'JWT_SECRET is missing'])
      expect(wrong.output).toContain(name);
    const empty = command(['reload'], { DATABASE_URL: `file:${dir}/empty.db` });
    expect(empty).toEqual({ status: 1, output: expect.stringMatching(/marketplace-api does not start[^]*npm run migrate:up/) as string });
    expect([...running('api'), ...running('web')]).toEqual(before);
  });

  it('reload under load: no request fails, no rating is lost or counted twice, and sockets come back', async () => {
    const before = { api: running('api'), web: running('web') };
    const buyers = await createPeople(db.database, 3000);
    await completeOrders(
      db.database,
      seller,
      buyers.map(({ id }) => id),
    );
    const tokens = jwtTokens({ secret: JWT_SECRET, ttlS: 3600 });
    const rate = () => {
      const buyer = buyers.pop();
      if (!buyer) return null;
      const { token } = tokens.issueAccessToken({ userId: buyer.id, sessionId: sessionIdOf(buyer.id) }, new Date());
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      return { url: `${web}/api/v1/ratings`, method: 'POST', headers, body: JSON.stringify({ sellerId: seller.id, rating: 5 }) };
    };
    let rated = 0;
    const rater = { kept: true, expect: 201, next: rate, onGood: () => (rated += 1) };
    const reader = (url: string) => [true, false].map((kept) => ({ kept, expect: 200, next: () => ({ url }) }));
    const summary = `/api/v1/ratings/seller/${seller.id}/summary`;
    const load = startLoad([
      rater,
      { ...rater, kept: false },
      ...[`${web}/sellers/${seller.id}`, `${web}${summary}`, `${api}${summary}`, `${api}/api/v1/sellers`].flatMap(reader),
    ]);
    onTestFinished(() => load.stop());

    const sockets = await Promise.all([web, web, web, api, api, api].map((url) => openSocket(url, seller.id)));
    const back = sockets.map(async ({ closed, socket }) => {
      const code = await closed;
      const url = socket.url.replace('ws', 'http').replace(LIVE_PATH, '');
      // Another process may take the connection just before it is asked to stop, too: then it says 503, and pages ask again.
      const again = await until('a socket again', () => openSocket(url, seller.id).catch(() => null), 5000);
      again.socket.close();
      return code;
    });
    expect(await inBackground(['reload'])).toEqual([0, expect.stringContaining('marketplace-web')]);
    const codes = await Promise.all(back);
    await load.stop();

    expect(load.failures, [...load.failures, ...lastWords()].join('\n')).toEqual([]);
    expect(load.good()).toBeGreaterThan(500);
    expect(codes).toEqual(Array(6).fill(1012));
    expect(rated).toBeGreaterThan(20);
    const ofSeller = { where: { sellerId: seller.id } };
    const user = await db.database.prisma.user.findUniqueOrThrow({ where: { id: seller.id } });
    expect(await db.database.prisma.sellerRating.count(ofSeller)).toBe(rated);
    expect(await db.database.prisma.sellerRatingVersion.count(ofSeller)).toBe(rated);
    expect(user.stars5).toBe(rated);
    const after = { api: running('api'), web: running('web') };
    expect([after.api.length, after.web.length]).toEqual([2, 2]);
    expect([...after.api, ...after.web].filter((pid) => [...before.api, ...before.web].includes(pid))).toEqual([]);
    // The last word of each is in the log.
    for (const kind of ['api', 'web'] as const)
      expect(
        lines(kind)
          .filter(({ msg }) => msg === 'stopped')
          .map(({ pid }) => pid),
      ).toEqual(expect.arrayContaining(before[kind]));
  }, 600_000);
});

describe('a process that', { timeout: 3 * START_MS_MAX }, () => {
  it('is killed is replaced, and the other one answers meanwhile', async () => {
    // The holder of a lease, so that another process must take it: see below.
    const victim = await nextHolder();
    const known = cameUp('api');
    process.kill(victim, 'SIGKILL');
    const asked = await askRepeatedly(() => cameUp('api').length > known.length);
    expect(running('api')).toContain(await replacement('api', known));
    expect(asked.good).toBeGreaterThan(3);
    expect(asked.failed).toBeLessThanOrEqual(1);
  });

  it.each(['api', 'web'] as const)('hangs (%s) is replaced, and the other one answers meanwhile', async (kind) => {
    const [victim] = running(kind);
    const known = cameUp(kind);
    tell(victim!, 'for (;;);');
    const asked = await askRepeatedly(() => cameUp(kind).length > known.length, kind === 'api' ? api : web);
    await replacement(kind, known);
    expect(asked.good).toBeGreaterThan(10);
    expect(asked.failed).toBeLessThanOrEqual(1);
    expect(lines(kind, 'error').find(({ pid }) => pid === victim)).toMatchObject({ level: 'fatal', hangTimeoutMs: HANG_MS });
    expect(running(kind)).not.toContain(victim);
  });

  it.each(['api', 'web'] as const)('is stopped from outside (%s) is killed within 30 seconds and replaced', async (kind) => {
    const [victim] = running(kind);
    const known = cameUp(kind);
    process.kill(victim!, 'SIGSTOP');
    await until('its end', () => !isRunning(victim!), 30_000);
    await replacement(kind, known);
    expect(running(kind)).not.toContain(victim);
  });

  it('grows over its limit is replaced without a failed request', async () => {
    const [victim] = running('api');
    const known = cameUp('api');
    tell(victim!, `globalThis.leak = Buffer.alloc(${MEMORY_MB} * 2 ** 20, 1);`);
    const gone = () => lines('api').some(({ pid, msg }) => pid === victim && msg === 'stopped');
    expect(await askRepeatedly(gone, api, 10_000)).toMatchObject({ failed: 0 }); // it fills its memory before it answers again
    await replacement('api', known);
    expect(running('api')).not.toContain(victim);
  });
});

describe('after all that', { timeout: 3 * START_MS_MAX }, () => {
  it('what one process does for all was done once, and a living process does it', async () => {
    const holder = await nextHolder();
    expect(running('api'), lastWords().join('\n')).toContain(holder);
    expect(await db.database.prisma.maintenanceRun.count()).toBe(1); // the verification of each hour
  });

  it('all logs are lines of JSON', () => {
    for (const kind of ['api', 'web'] as const)
      for (const stream of ['out', 'error'] as const) expect(() => lines(kind, stream), `${kind}-${stream}.log`).not.toThrow();
  });

  it('stop leaves nothing behind', () => {
    const pids = [...running('api'), ...running('web')];
    expect(command(['stop']).status).toBe(0);
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
    expect(pm2.list()).toEqual([]);
  });
});

/** Lets the lease of the alerts run out now, instead of within a minute, and waits for who takes it. */
async function nextHolder(): Promise<number> {
  const lease = { where: { name: 'alerts' } };
  await db.database.prisma.jobLease.update({ ...lease, data: { holder: null, nextRunAt: new Date(0) } });
  const holder = await until('a process that takes the lease', async () => {
    const { holder: now } = await db.database.prisma.jobLease.findUniqueOrThrow(lease);
    return now;
  });
  return Number(holder.split(':')[1]);
}

/**
 * New connections until `enough`, from three who ask one after another: how many were answered, and how many were not. Node's
 * cluster hands a process one connection before it knows that the process does not take it: that one is lost, and the client that asked
 * waits for it in vain while the others go on.
 */
async function askRepeatedly(enough: () => boolean, url = api, patienceMs = 2000) {
  const asked = { good: 0, failed: 0 };
  const askers = [0, 100, 200].map(async (laterMs) => {
    await new Promise((resolve) => setTimeout(resolve, laterMs));
    await until('enough', async () => {
      await ask({ url: `${url}/livez` }, false, patienceMs).then(
        (status) => (status === 200 ? (asked.good += 1) : (asked.failed += 1)),
        () => (asked.failed += 1),
      );
      return enough();
    });
  });
  await Promise.all(askers);
  return asked;
}
