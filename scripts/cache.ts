import { parseArgs } from 'node:util';
import type { Container } from '@assay/api';
import { WARM_UP, type CacheReport } from '@assay/contract';
import { clearCache, getCacheReport, warmUpCache } from '@assay/core';
import { DeadlineError, within } from '@assay/runtime';
import { runCommand, withSystem, WrongCall } from './lib/command.ts';

const HELP = `npm run cache -- COMMAND [options]

  stats              hit rate of all processes, and pending invalidations
  inspect SELLER     the entries of a seller in the shared level
  clear              clears the cache of all processes; --seller ID: that seller and the storefront only
  warm-up            loads the storefront and the sellers with most ratings into the shared level;
                     --limit N sellers (${WARM_UP.sellers}, at most ${WARM_UP.most})

  --json             the result as JSON on standard output
  --help

Without REDIS_URL each process has its own cache; see /api/v1/operations/cache of that process. clear still reaches all processes.
Exit codes: 0 done, 1 refused or failed, 2 wrong call.`;

const REDIS_WITHIN_MS = 5000;

/** An expected failure: its message says what to do, and no stack trace is printed. */
class NoSharedCache extends Error {}

/** @throws NoSharedCache when it takes too long */
const inTime = (work: Promise<void>): Promise<void> =>
  within(REDIS_WITHIN_MS, work).catch((error: unknown) => {
    throw error instanceof DeadlineError ? new NoSharedCache('Redis does not answer.') : error;
  });

const answering = (redis: NonNullable<Container['redis']>) =>
  new Promise<void>((resolve) => (redis.isUp() ? resolve() : redis.onReady(() => resolve())));

function wholeNumber(text: string | undefined, name: string, most: number): number {
  if (!text || !/^[1-9]\d{0,9}$/.test(text) || Number(text) > most)
    throw new WrongCall(`${name} is a whole number from 1 to ${most.toLocaleString('en')}.`);
  return Number(text);
}

const sellerOf = (text: string | undefined) => wholeNumber(text, 'The id of a seller', 2_147_483_647);
const percent = (rate: number | null) => (rate === null ? 'no reads' : `${(100 * rate).toFixed(1)} %`);

function printStats({ everywhere, invalidations }: CacheReport): void {
  if (everywhere) {
    const { processes, hits, misses, hitRate } = everywhere;
    console.log(`hit rate of the last 5 minutes: ${percent(hitRate)} (${hits} hits, ${misses} misses, ${processes} processes)`);
  } else console.log('no shared level: each process has its own cache');
  console.log(`pending invalidations: ${invalidations.pending}`);
  if (!invalidations.last) return;
  const { id, sellerId, component, triggeredAt, completedAt } = invalidations.last;
  console.log(
    `last invalidation: ${id}, ${component} of ${sellerId === null ? 'everybody' : `seller ${sellerId}`}, ${triggeredAt}, applied ${completedAt ?? 'not yet'}`,
  );
}

function printSeller({ seller }: CacheReport): void {
  for (const { key, level, state, characters, expiresInS } of seller ?? []) {
    if (level === 'process') continue; // this command's own
    console.log(`${key}: ${state}${characters === null ? '' : `, ${characters} characters, ${expiresInS} s left`}`);
  }
}

function report(seller?: number): Promise<CacheReport> {
  return withSystem('cache', async (ctx, { redis }) => {
    if (redis) await inTime(answering(redis));
    if (seller !== undefined && !redis)
      throw new NoSharedCache('There is no shared level without REDIS_URL. Ask a process: GET /api/v1/operations/cache?seller=ID');
    return getCacheReport(ctx, seller === undefined ? {} : { seller });
  });
}

function warmUp(limit: number) {
  return withSystem('cache', async (ctx, { cache, feed, redis }) => {
    if (!redis)
      throw new NoSharedCache('There is no shared level without REDIS_URL. Ask each process: POST /api/v1/operations/cache/warm-up');
    await feed.start();
    await inTime(cache.ready());
    return warmUpCache(ctx, { limit });
  });
}

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seller: { type: 'string' },
      limit: { type: 'string', default: `${WARM_UP.sellers}` },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(HELP);
  const [command, argument, ...more] = positionals;
  if (more.length > 0 || (argument !== undefined && command !== 'inspect')) throw new WrongCall('There are too many arguments.');
  const show = <T>(result: T, print: (result: T) => void) => (values.json ? console.log(JSON.stringify(result, null, 2)) : print(result));
  if (command === 'stats') return show(await report(), printStats);
  if (command === 'inspect') return show(await report(sellerOf(argument)), printSeller);
  if (command === 'clear') {
    const seller = values.seller === undefined ? undefined : sellerOf(values.seller);
    await withSystem('cache', (ctx) => clearCache(ctx, { seller }));
    return show({ cleared: seller ?? 'all' }, ({ cleared }) =>
      console.log(`cleared: ${cleared === 'all' ? cleared : `seller ${cleared}`}`),
    );
  }
  if (command === 'warm-up')
    return show(await warmUp(wholeNumber(values.limit, '--limit', WARM_UP.most)), ({ sellers, entries, tookMs }) =>
      console.log(`${entries} entries of ${sellers} sellers and the first page, in ${tookMs} ms`),
    );
  throw new WrongCall(`Name a command: stats, inspect, clear or warm-up.`);
}, [NoSharedCache]);
