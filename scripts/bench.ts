// npm run bench compares the product with the least that the machine needs for the same work (the floor). Floor and product take
// turns in one run, and the median of the rounds counts, so that the ratios hold on a noisy machine.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { jwtTokens, ROOT } from '@assay/api';
import { parseDatabaseUrl } from '@assay/database/url';
import { openMigrator } from '@assay/database/migrate';
import { measureCheckout } from './bench/checkout.ts';
import { startCluster, type Cluster } from './bench/cluster.ts';
import { measureCache } from './bench/cached.ts';
import { CONNECTIONS, comparing } from './bench/compare.ts';
import { hardCodedWeb } from './bench/hard-coded.ts';
import { benchLive, type LiveRow } from './bench/live.ts';
import { benchLedger, printLedger } from './bench/ledger.ts';
import { measureApi } from './bench/loads.ts';
import { fillMarket, sessionOf, type Market } from './bench/market.ts';
import { print, printMemory } from './bench/print.ts';
import { benchRecount } from './bench/recount.ts';
import { benchSearch, searchLine } from './bench/search.ts';

const HELP = `npm run bench [-- --rounds N --seconds S --only NAME --ratings N --postings N --listings N --json]

Measures summary, list of 10, submit, edit, checkout to paid and the SSR seller page at 32 connections against a floor: bare node:http on the same
SQLite file with the same durability, and a SvelteKit page with the same content hard-coded. It measures one process of each app,
and two of each under PM2 (--only cluster: the cluster alone).
--only recount: verification and recalculation of 1,000,000 ratings (--ratings) against bare statements that do the same.
--only live: how long after its commit a rating reaches an open dashboard. --only cache: against a process without a cache.
--only ledger: verification of 1,000,000 postings (--postings), a large seller's balance, and 10,000 payouts beside other requests; only
runs when it is named.
--only search: finding listings among 1,000,000 (--listings); only runs when it is named.`;

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    only: { type: 'string' },
    ratings: { type: 'string', default: '1000000' },
    postings: { type: 'string', default: '1000000' },
    listings: { type: 'string', default: '1000000' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit(0);
}

const ROUNDS = Number(options.rounds);
const SECONDS = Number(options.seconds);
const SECRET = randomBytes(48).toString('base64');
const say = (text: string) => process.stderr.write(`${text}\n`);
const compare = comparing(ROUNDS, SECONDS, say);

/** Starts a process and waits for its message that it listens; `said` is that message. */
async function startProcess(
  args: string[],
  env: NodeJS.ProcessEnv,
  cwd = ROOT,
): Promise<{ child: ChildProcess; said: unknown; readyMs: number }> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', openSync('/dev/null', 'w'), 'inherit', 'ipc'],
  });
  const said = await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}`)));
  });
  return { child, said, readyMs: performance.now() - startedAt };
}

const rssMb = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** Makes an empty SQLite file with all migrations. */
async function migrate(file: string): Promise<void> {
  const migrator = await openMigrator(parseDatabaseUrl(`file:${file}`, ROOT), ROOT);
  await migrator.up();
  await migrator.close();
}

const apiEnvironment = (file: string) => ({
  PUBLIC_URL: 'https://shop.example',
  MAIL: 'file',
  PAYOUT_DETAILS_KEY: 'none',
  PAYMENT_PROVIDER: 'test',
  NODE_ENV: 'production',
  DATABASE_URL: `file:${file}`,
  JWT_SECRET: SECRET,
  RATE_LIMIT_MAX_REQUESTS: '1000000000',
  LOG_LEVEL: 'info',
});

async function main(): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), 'assay-bench-'));
  const file = path.join(dir, 'bench.db');
  const children: ChildProcess[] = [];
  let cluster: Cluster | null = null;
  try {
    if (options.only === 'search') return await measureSearch(file);
    if (options.only === 'ledger') return await measureLedger(file, children);
    say('Preparing a database with 101,000 ratings …');
    await migrate(file);
    const market = fillMarket(file, 60_000);

    const env = apiEnvironment(file);
    const floor = await startProcess([path.join(ROOT, 'scripts/bench/floor.ts'), file], {});
    children.push(floor.child);
    const startOne = async (script: string, variables: NodeJS.ProcessEnv) => {
      if (options.only === 'cluster') return null;
      const one = await startProcess([path.join(ROOT, script)], { ...env, ...variables });
      children.push(one.child);
      return one;
    };
    const api = await startOne('apps/api/src/main.ts', { PORT: '3971' });
    if (anyLoad) cluster = await startCluster(dir, env);
    const apis = { product: api && 'http://127.0.0.1:3971', cluster: cluster?.api ?? null };
    const rows = await measureApi(market, SECRET, `http://127.0.0.1:${floor.said as number}`, apis, compare, wanted);
    if (wanted('checkout')) rows.push(await measureCheckout(market, SECRET, `http://127.0.0.1:${floor.said as number}`, apis, compare));
    const memoryMb: Record<string, number> = { api: api ? rssMb(api.child.pid!) : 0 };
    const coldStartMs: Record<string, number> = { api: api?.readyMs ?? 0 };

    if (wanted('seller page')) {
      const web = await startOne('apps/web/server.ts', { PORT: '3970', API_URL: 'http://127.0.0.1:3971' });
      children.push(await startHardCoded(market, apis.product ?? apis.cluster!));
      const page = `/sellers/${market.small}`;
      const sides = { product: web && { url: `http://127.0.0.1:3970${page}` }, cluster: cluster && { url: `${cluster.web}${page}` } };
      rows.push(await compare('seller page', { url: `http://127.0.0.1:3972${page}` }, sides));
      if (web) [memoryMb.web, coldStartMs.web] = [rssMb(web.child.pid!), web.readyMs];
    }
    if (wanted('cache') && api) {
      await startOne('apps/api/src/main.ts', { PORT: '3974', SELLER_CACHE_TTL: '0' });
      rows.push(...(await measureCache(market, SECRET, 'http://127.0.0.1:3974', 'http://127.0.0.1:3971', compare)));
    }
    if (cluster) memoryMb['cluster, all four'] = cluster.pids().reduce((sum, pid) => sum + rssMb(pid), 0);
    const live = wanted('live') && api ? await measureLive(market, env, children) : [];
    const recount = wanted('recount') && api ? await measureRecount(path.join(dir, 'recount.db')) : null;
    if (options.json)
      console.log(
        JSON.stringify({ connections: CONNECTIONS, rounds: ROUNDS, seconds: SECONDS, rows, memoryMb, coldStartMs, live, recount }, null, 2),
      );
    else {
      print(rows, ROUNDS, SECONDS);
      printMemory(memoryMb, coldStartMs);
      for (const { name, p50Ms, p95Ms } of live)
        console.log(`live, ${name}: ${p50Ms.toFixed(1)} ms from request to message, p95 ${p95Ms.toFixed(1)} ms (goal 100)`);
      for (const { name, productMs, bareMs, ratio } of recount?.rows ?? [])
        console.log(`${name}: ${productMs.toFixed(0)} ms, bare ${bareMs.toFixed(0)} ms, ${ratio.toFixed(2)} times (goal 2)`);
      if (recount) console.log(`recounting grew the process by ${recount.growthMb.toFixed(0)} MB`);
    }
    if (rows.some((row) => row.floor.failed + (row.product?.failed ?? 0) + (row.cluster?.failed ?? 0) > 0)) process.exitCode = 1;
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await cluster?.stop();
    rmSync(dir, { recursive: true, force: true });
    rmSync(path.join(ROOT, 'apps', '.bench-web'), { recursive: true, force: true });
  }
}

/** A second API process: the first one reads its commits from the database. */
async function measureLive(market: Market, env: NodeJS.ProcessEnv, children: ChildProcess[]): Promise<LiveRow[]> {
  const second = await startProcess([path.join(ROOT, 'apps/api/src/main.ts')], { ...env, PORT: '3973' });
  children.push(second.child);
  const tokens = jwtTokens({ secret: SECRET, ttlS: 86_400 });
  let buyer = market.buyers.length;
  const rate = async (url: string) => {
    const { id: userId } = market.buyers[--buyer]!;
    const { token } = tokens.issueAccessToken({ userId, sessionId: sessionOf(userId) }, new Date());
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const answer = await fetch(`${url}/api/v1/ratings`, {
      method: 'POST',
      body: JSON.stringify({ sellerId: market.busy, rating: 4 }),
      headers,
    });
    if (answer.status !== 201) throw new Error(`Submitting a rating was answered with ${answer.status}.`);
  };
  const [own, other] = ['http://127.0.0.1:3971', 'http://127.0.0.1:3973'];
  return benchLive(
    market.busy,
    own,
    [
      ['the same process', own],
      ['another process', other],
    ],
    rate,
  );
}

async function measureRecount(file: string) {
  await migrate(file);
  return benchRecount(file, Number(options.ratings), ROUNDS, say);
}

/** Runs alone, because inserting the listings takes minutes. */
async function measureSearch(file: string): Promise<void> {
  await migrate(file);
  const rows = await benchSearch(file, Number(options.listings), say);
  console.log(options.json ? JSON.stringify({ listings: Number(options.listings), rows }, null, 2) : rows.map(searchLine).join('\n'));
}

/** Runs alone, because inserting the postings takes a minute. */
async function measureLedger(file: string, children: ChildProcess[]): Promise<void> {
  await migrate(file);
  const key = randomBytes(32).toString('base64');
  const env = { ...apiEnvironment(file), PAYOUT_DETAILS_KEY: key, PAYOUT_MINIMUM: 'EUR=1' };
  const serve = async () => {
    const { child } = await startProcess([path.join(ROOT, 'apps/api/src/main.ts')], { ...env, PORT: '3971' });
    children.push(child);
    return 'http://127.0.0.1:3971';
  };
  const figures = await benchLedger(file, Number(options.postings), ROUNDS, env, serve, say);
  if (options.json) console.log(JSON.stringify(figures, null, 2));
  else printLedger(figures);
}

const wanted = (name: string) => !options.only || options.only === 'cluster' || name.startsWith(options.only);
/** Whether any selected measurement uses the cluster. */
const anyLoad = !/^(live|recount|cache)/.test(options.only ?? '');

/** Serves the same page from constants: the cost of SvelteKit alone. */
async function startHardCoded(market: Market, apiUrl: string): Promise<ChildProcess> {
  const ask = async (procedure: string, input?: object) => {
    const query = input ? `?input=${encodeURIComponent(JSON.stringify(input))}` : '';
    const answer = (await (await fetch(`${apiUrl}/trpc/${procedure}${query}`)).json()) as { result: { data: unknown } };
    return [procedure, answer.result.data] as const;
  };
  const answers = [await ask('sellers.page', { id: market.small })];
  const copy = hardCodedWeb(Object.fromEntries(answers));
  say('Building the hard-coded page …');
  const vite = spawn(path.join(ROOT, 'apps/web/node_modules/.bin/vite'), ['build', '--logLevel', 'error'], {
    cwd: copy,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((resolve) => vite.once('exit', resolve));
  if (code !== 0) throw new Error('The hard-coded page could not be built.');
  return (await startProcess([path.join(copy, 'server.ts')], { PORT: '3972', NODE_ENV: 'production' }, copy)).child;
}

await main();
