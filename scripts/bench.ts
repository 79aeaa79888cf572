// npm run bench: how far the product is from what the machine can do. Everything in one run, so that ratios hold on a noisy
// machine: floor and product take turns, and the median of the rounds counts.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { jwtTokens, ROOT } from '@assay/api';
import { parseDatabaseUrl } from '@assay/database';
import { openMigrator } from '@assay/database/migrate';
import { CONNECTIONS, comparing, type Compared, type Load } from './bench/compare.ts';
import { hardCodedWeb } from './bench/hard-coded.ts';
import { benchLive, type LiveRow } from './bench/live.ts';
import { fillMarket, type Market } from './bench/market.ts';
import { benchRecount } from './bench/recount.ts';

const HELP = `npm run bench [-- --rounds N --seconds S --only NAME --ratings N --json]

Measures summary, list of 10, submit, edit and the SSR seller page at 32 connections against a floor that it brings:
bare node:http on the same SQLite file with the same durability, and a SvelteKit page with the same content hard-coded.
Then verification and recalculation of 1,000,000 ratings (--ratings) against the bare statements that do the same, and how long
after its commit a rating reaches an open dashboard (--only recount, --only live), and what the cache saves: a process without one is
the floor there, and the ratio is how many times more the other one answers (--only cache).`;

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    only: { type: 'string' },
    ratings: { type: 'string', default: '1000000' },
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

/** A process that says when it listens; `what` it says becomes the result. */
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

const rssMb = (child: ChildProcess) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

async function main(): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), 'assay-bench-'));
  const file = path.join(dir, 'bench.db');
  const children: ChildProcess[] = [];
  try {
    say('Preparing a market with 101,000 ratings …');
    const migrator = await openMigrator(parseDatabaseUrl(`file:${file}`, ROOT), ROOT);
    await migrator.up();
    await migrator.close();
    const market = fillMarket(file, 60_000);

    const env = {
      NODE_ENV: 'production',
      DATABASE_URL: `file:${file}`,
      JWT_SECRET: SECRET,
      RATE_LIMIT_MAX_REQUESTS: '1000000000',
      LOG_LEVEL: 'info',
    };
    const floor = await startProcess([path.join(ROOT, 'scripts/bench/floor.ts'), file], {});
    const api = await startProcess([path.join(ROOT, 'apps/api/src/main.ts')], { ...env, PORT: '3971' });
    children.push(floor.child, api.child);
    const rows = await measureApi(market, `http://127.0.0.1:${floor.said as number}`, 'http://127.0.0.1:3971');
    const memoryMb = { api: rssMb(api.child), web: 0 };
    const coldStartMs = { api: api.readyMs, web: 0 };

    if (wanted('seller page')) {
      const web = await startProcess([path.join(ROOT, 'apps/web/server.ts')], {
        PORT: '3970',
        API_URL: 'http://127.0.0.1:3971',
        NODE_ENV: 'production',
      });
      children.push(web.child);
      const hard = await startHardCoded(market);
      children.push(hard);
      const page = `/sellers/${market.small}`;
      rows.push(await compare('seller page', { url: `http://127.0.0.1:3972${page}` }, { url: `http://127.0.0.1:3970${page}` }));
      memoryMb.web = rssMb(web.child);
      coldStartMs.web = web.readyMs;
    }
    if (wanted('cache')) rows.push(...(await measureCache(market, env, children)));
    const live = wanted('live') ? await measureLive(market, env, children) : [];
    const recount = wanted('recount') ? await measureRecount(path.join(dir, 'recount.db')) : null;
    if (options.json)
      console.log(
        JSON.stringify({ connections: CONNECTIONS, rounds: ROUNDS, seconds: SECONDS, rows, memoryMb, coldStartMs, live, recount }, null, 2),
      );
    else {
      print(rows, memoryMb, coldStartMs);
      for (const { name, p50Ms, p95Ms } of live)
        console.log(`live, ${name}: ${p50Ms.toFixed(1)} ms from request to message, p95 ${p95Ms.toFixed(1)} ms (aim 100)`);
      for (const { name, productMs, bareMs, ratio } of recount?.rows ?? [])
        console.log(`${name}: ${productMs.toFixed(0)} ms, bare ${bareMs.toFixed(0)} ms, ${ratio.toFixed(2)} times (aim 2)`);
      if (recount) console.log(`recounting grew the process by ${recount.growthMb.toFixed(0)} MB`);
    }
    if (rows.some(({ floor: a, product: b }) => a.failed + b.failed > 0)) process.exitCode = 1;
  } finally {
    for (const child of children) child.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
    rmSync(path.join(ROOT, 'apps', '.bench-web'), { recursive: true, force: true });
  }
}

/** The floor is a process without a cache. */
async function measureCache(market: Market, env: NodeJS.ProcessEnv, children: ChildProcess[]): Promise<Compared[]> {
  const cold = await startProcess([path.join(ROOT, 'apps/api/src/main.ts')], { ...env, PORT: '3974', SELLER_CACHE_TTL: '0' });
  children.push(cold.child);
  const page = `/trpc/sellers.page?input=${encodeURIComponent(JSON.stringify({ id: market.small }))}`;
  const paths: [name: string, path: string, headers?: Record<string, string>][] = [
    ['cache: seller page', page],
    ['cache: seller page, signed in', page, { authorization: tokenOf(market.buyers[0]!.id) }],
    ['cache: storefront', '/trpc/sellers.storefront'],
    ['cache: explanation', `/api/v1/ratings/seller/${market.small}/explanation`],
    ['cache: seller', `/api/v1/sellers/${market.small}`],
  ];
  const rows: Compared[] = [];
  for (const [name, where, headers] of paths) {
    const at = (port: number): Load => ({ url: `http://127.0.0.1:${port}${where}`, ...(headers ? { headers } : {}) });
    rows.push(await compare(name, at(3974), at(3971)));
  }
  return rows;
}

/** A second process beside the first one: what it commits is learnt from the database. */
async function measureLive(market: Market, env: NodeJS.ProcessEnv, children: ChildProcess[]): Promise<LiveRow[]> {
  const second = await startProcess([path.join(ROOT, 'apps/api/src/main.ts')], { ...env, PORT: '3973' });
  children.push(second.child);
  let buyer = market.buyers.length;
  const rate = async (url: string) => {
    const { id: userId } = market.buyers[--buyer]!;
    const headers = { 'content-type': 'application/json', authorization: tokenOf(userId) };
    const answer = await fetch(`${url}/api/v1/ratings`, {
      method: 'POST',
      body: JSON.stringify({ sellerId: market.busy, rating: 4 }),
      headers,
    });
    if (answer.status !== 201) throw new Error(`A rating was answered with ${answer.status}.`);
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
  const migrator = await openMigrator(parseDatabaseUrl(`file:${file}`, ROOT), ROOT);
  await migrator.up();
  await migrator.close();
  return benchRecount(file, Number(options.ratings), ROUNDS, say);
}

const tokens = jwtTokens({ secret: SECRET, ttlS: 86_400 });
const tokenOf = (userId: number) => `Bearer ${tokens.issueAccessToken({ userId, roles: ['buyer'], sessionId: 'bench' }, new Date()).token}`;

const wanted = (name: string) => !options.only || name.startsWith(options.only);

async function measureApi(market: Market, floorUrl: string, apiUrl: string) {
  const json = { 'content-type': 'application/json' };
  const rows: Compared[] = [];
  const add = async (name: string, floor: Load, product: Load) => void (wanted(name) && rows.push(await compare(name, floor, product)));

  for (const [name, seller] of [
    ['summary', market.small],
    ['summary, 100,000 ratings', market.large],
  ] as const) {
    await add(name, { url: `${floorUrl}/summary/${seller}` }, { url: `${apiUrl}/api/v1/ratings/seller/${seller}/summary` });
  }
  await add(
    'list',
    { url: `${floorUrl}/list/${market.small}` },
    { url: `${apiUrl}/api/v1/ratings/seller/${market.small}`, headers: { authorization: tokenOf(market.buyers[0]!.id) } },
  );

  // Each buyer rates once, whoever of the two takes the rating.
  let buyer = 0;
  const nextBuyer = () => market.buyers[buyer++ % market.buyers.length]!;
  const rated: { id: number; token: string }[] = [];
  await add(
    'submit',
    {
      url: floorUrl,
      next: () => {
        const { id, orderId } = nextBuyer();
        return {
          method: 'POST',
          path: '/submit',
          body: JSON.stringify({ sellerId: market.busy, raterId: id, rating: 1 + (id % 5), orderId }),
        };
      },
    },
    {
      url: apiUrl,
      next: () => {
        const { id } = nextBuyer();
        return {
          method: 'POST',
          path: '/api/v1/ratings',
          body: JSON.stringify({ sellerId: market.busy, rating: 1 + (id % 5) }),
          headers: { ...json, authorization: tokenOf(id) },
        };
      },
    },
  );
  if (wanted('edit')) {
    for (const { id } of market.buyers.slice(-500)) {
      const answer = await fetch(`${apiUrl}/api/v1/ratings`, {
        method: 'POST',
        body: JSON.stringify({ sellerId: market.busy, rating: 3 }),
        headers: { ...json, authorization: tokenOf(id) },
      });
      if (answer.status === 201) rated.push({ id: ((await answer.json()) as { id: number }).id, token: tokenOf(id) });
    }
    let turn = 0;
    const nextEdit = () => ({ ...rated[turn % rated.length]!, rating: 1 + (Math.floor(turn++ / rated.length) % 5) });
    await add(
      'edit',
      {
        url: floorUrl,
        next: () => {
          const { id, rating } = nextEdit();
          return { method: 'POST', path: '/edit', body: JSON.stringify({ id, rating }) };
        },
      },
      {
        url: apiUrl,
        next: () => {
          const { id, rating, token } = nextEdit();
          return {
            method: 'PATCH',
            path: `/api/v1/ratings/${id}`,
            body: JSON.stringify({ rating }),
            headers: { ...json, authorization: token },
          };
        },
      },
    );
  }
  return rows;
}

/** The same page from constants: what SvelteKit costs for that content. */
async function startHardCoded(market: Market): Promise<ChildProcess> {
  const ask = async (procedure: string, input?: object) => {
    const query = input ? `?input=${encodeURIComponent(JSON.stringify(input))}` : '';
    const answer = (await (await fetch(`http://127.0.0.1:3971/trpc/${procedure}${query}`)).json()) as { result: { data: unknown } };
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

function print(rows: Compared[], memoryMb: Record<string, number>, coldStartMs: Record<string, number>): void {
  console.log(`\n${CONNECTIONS} connections, median of ${ROUNDS} rounds of ${SECONDS} s, floor and product in turns\n`);
  console.log(
    `${'what'.padEnd(26)}${'req/s'.padStart(9)}${'p50 ms'.padStart(9)}${'p95* ms'.padStart(9)}${'floor/s'.padStart(10)}${'ratio'.padStart(8)}${'aim'.padStart(8)}  failed`,
  );
  for (const { name, product, floor, ratio, aim } of rows) {
    const met = ratio >= aim ? '' : '  below';
    console.log(
      `${name.padEnd(26)}${product.perSecond.toFixed(0).padStart(9)}${product.p50Ms.toFixed(1).padStart(9)}${product.p95Ms.toFixed(1).padStart(9)}${floor.perSecond.toFixed(0).padStart(10)}${`${(100 * ratio).toFixed(0)} %`.padStart(8)}${`${(100 * aim).toFixed(0)} %`.padStart(8)}  ${product.failed + floor.failed}${met}`,
    );
  }
  console.log('\n* the load generator reports the 97.5th percentile, which is never below the 95th');
  for (const name of Object.keys(memoryMb))
    if (memoryMb[name])
      console.log(
        `${name}: ${memoryMb[name].toFixed(0)} MB resident after the load, ${coldStartMs[name]!.toFixed(0)} ms from start to ready`,
      );
}

await main();
