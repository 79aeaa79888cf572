import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { jwtTokens, ROOT } from '@assay/api';
import { openDatabase, type Database } from '@assay/database';
import { readMigrations } from '@assay/database/migrate';
import { completeOrders, createPeople, createSeller, restClient, sessionIdOf, type Person } from '@assay/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDeployment, type Deployment } from './deployment.ts';

const EXTRA = '20990101000000_add_notes';
const EXTRA_FILES = Object.fromEntries(
  ['sqlite', 'sqlserver'].flatMap((engine) => [
    [`prisma/migrations/${engine}/${EXTRA}.sql`, 'CREATE TABLE Notes (Id INTEGER NOT NULL PRIMARY KEY);\n'],
    [`prisma/migrations/${engine}/${EXTRA}.down.sql`, 'DROP TABLE Notes;\n'],
  ]),
);
const NEWEST = readMigrations(ROOT, 'sqlite').at(-1)!.name;
const MAIN = 'apps/api/src/main.ts';
const RATINGS = '20240101000000';
const BUYERS = 400;

interface Listing {
  apps: Record<'api' | 'web', { current: string | null; previous: string | null }>;
  releases: { id: string; migrations: string[] }[];
  log: {
    phase: string;
    operation: string;
    from: string | null;
    to: string | null;
    status: string;
    reason: string | null;
    backup?: string;
  }[];
}

let site: Deployment;
let database: Database;
let [one, two] = ['', ''];

/** Runs a command that must go well. */
const done = async (task: string, ...args: string[]) => {
  const run = await site.run(task, ...args);
  expect(run.status, `${task} ${args.join(' ')}\n${run.stdout}${run.stderr}`).toBe(0);
  return run;
};
/** Runs a command that must be refused. Returns the sentence. */
const refused = async (task: string, ...args: string[]) => {
  const run = await site.run(task, ...args);
  expect(run.status, `${task} ${args.join(' ')}\n${run.stdout}${run.stderr}`).toBe(1);
  return run.stderr;
};
const releases = async () => JSON.parse((await done('releases', '--json')).stdout) as Listing;
const running = async (app: 'api' | 'web') => {
  const answer = await fetch(`${app === 'api' ? site.apiUrl : site.webUrl}/health`, { headers: { connection: 'close' } });
  return ((await answer.json()) as { release: string }).release;
};
const stars = async (sellerId: number) =>
  (await restClient(site.apiUrl).get(`/ratings/seller/${sellerId}/summary`)).body as { totalRatings: number };

beforeAll(async () => {
  // Two addresses, where the system has more than one for itself: each app is asked at its own.
  site = await createDeployment(process.platform === 'linux' ? { HOST: '127.0.0.2', API_HOST: '127.0.0.3' } : {});
  one = site.commit('The first release', {});
  await done('release', 'all');
  database = await openDatabase(
    { engine: 'sqlite', file: path.join(site.home, 'data', 'assay.db') },
    { poolSize: 2, waitTimeoutMs: 60_000 },
  );
}, 400_000);
afterAll(async () => {
  await database?.close();
  site?.remove();
});

describe('a deployment under PM2', { timeout: 400_000 }, () => {
  it('goes forward and back under load, phase by phase, and loses nothing', async () => {
    expect([await running('api'), await running('web')]).toEqual([one, one]);
    expect(existsSync(path.join(site.home, 'data', 'releases', one, 'data'))).toBe(false); // the deployment's data, not its own
    expect(await refused('rollback', 'web')).toMatch(/^There is no release before the one that the web runs/m);
    const asset = path.join(site.home, 'data/releases', one, 'apps/web/build/current/client/_app/immutable/only-in-the-first.js');
    writeFileSync(asset, 'export {};\n');
    two = site.commit('The second release', EXTRA_FILES);

    const load = await startLoad();
    expect(await refused('release', 'api')).toMatch(new RegExp(`needs ${EXTRA}, which the database lacks`));
    await done('release', 'database', '--ref', two);
    const wrong = await site.runWith({ API_INSTANCES: 'many', WEB_MAX_MEMORY: 'much' }, 'release', 'web');
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringMatching(/API_INSTANCES is a number[^]*WEB_MAX_MEMORY is a size/)]);
    await done('release', 'api');
    expect([await running('api'), await running('web')]).toEqual([two, one]);
    await done('release', 'web');
    expect(await running('web')).toBe(two);
    // Pages that were opened before still find what they are made of.
    expect((await fetch(`${site.webUrl}/_app/immutable/only-in-the-first.js`)).status).toBe(200);

    expect(await refused('rollback', 'database')).toMatch(
      new RegExp(`The API runs release ${two}, which needs ${EXTRA}.*rollback:api -- --to ${one}`),
    );
    await done('rollback', 'web', '--reason', 'the pages are slow');
    expect([await running('api'), await running('web')]).toEqual([two, one]);
    await done('rollback', 'api');
    expect([await running('api'), await running('web')]).toEqual([one, one]);
    const down = await done('rollback', 'database', '--to', EXTRA);
    expect(down.stderr).toMatch(new RegExp(`backup written to (\\S+)\\n[^]*down ${EXTRA}`));
    expect(await refused('rollback', 'database', '--to', RATINGS)).toMatch(/This would lose .*[\d,]+ rows of SellerRatings/);

    const { acknowledged, failures, sellerId } = await load.stop();
    expect(failures).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(100);
    const stored = await database.prisma.sellerRating.findMany({ where: { sellerId }, select: { raterId: true } });
    expect(new Set(stored.map(({ raterId }) => raterId))).toEqual(new Set(acknowledged));
    expect(stored).toHaveLength(acknowledged.length);
    expect((await stars(sellerId)).totalRatings).toBe(acknowledged.length);
    await done('verify-aggregates');
  });

  it('says what runs, what is there and what was done', async () => {
    const { apps, releases: there, log } = await releases();
    expect(apps).toEqual({ api: { current: one, previous: null }, web: { current: one, previous: null } });
    expect(there.map(({ id, migrations }) => [id, migrations.includes(EXTRA)])).toEqual([
      [two, true],
      [one, false],
    ]);
    expect(log.slice(-6).map(({ phase, operation, from, to, reason }) => [phase, operation, from, to, reason])).toEqual([
      ['database', 'release', NEWEST, EXTRA, null],
      ['api', 'release', one, two, null],
      ['web', 'release', one, two, null],
      ['web', 'rollback', two, one, 'the pages are slow'],
      ['api', 'rollback', two, one, null],
      ['database', 'rollback', EXTRA, NEWEST, null],
    ]);
    expect((await done('releases')).stdout).toMatch(new RegExp(`^${one}  .* api now, web now`, 'm'));
  });

  it('keeps what runs where a release does not start, or is not well under PM2; old releases go', async () => {
    for (const age of [1, 2, 3, 4, 5, 6]) {
      const old = path.join(site.home, 'data/releases', `0000000000${age}0`);
      mkdirSync(old);
      const manifest = {
        id: path.basename(old),
        commit: path.basename(old),
        madeAt: `2098-01-0${age}T00:00:00.000Z`,
        home: '../../..',
        migrations: [],
      };
      writeFileSync(path.join(old, 'release.json'), JSON.stringify(manifest));
    }
    const main = readFileSync(path.join(site.home, MAIN), 'utf8');
    site.commit('It does not start', { [MAIN]: `throw new Error('broken on purpose');\n${main}` });
    await done('release', 'database');
    expect(await refused('release', 'api')).toMatch(/does not start, and nothing was changed:[^]*broken on purpose/);
    site.commit('It starts alone, but not under PM2', { [MAIN]: `if (process.env.pm_id) throw new Error('not here');\n${main}` });
    expect(await refused('release', 'api')).toMatch(new RegExp(`is not healthy: a process ended at its start\\. ${one} runs again`));
    expect(await running('api')).toBe(one);
    await done('release', 'api', '--ref', two);
    expect(await running('api')).toBe(two);
    const { apps, releases: there, log } = await releases();
    expect(apps.api).toEqual({ current: two, previous: one });
    expect(log.filter(({ status }) => status === 'failed').map(({ phase, to }) => [phase, to])).toEqual([['api', expect.any(String)]]);
    // The newest five, and those that are needed.
    expect(there.map(({ id }) => id)).toEqual([6, 5, 4, 3, 2].map((age) => `0000000000${age}0`).concat(two, one));
  });

  it('a database that was taken back by force is put back whole', async () => {
    await done('rollback', 'api');
    expect(await refused('rollback', 'database', '--to', RATINGS, '--force', '--yes')).toMatch(/which needs /);
    expect(await refused('restore', 'nothing.db')).toMatch(/The API is running/);
    await done('pm2', 'stop', 'marketplace-api');
    const before = await numbers();
    expect(await refused('rollback', 'database', '--to', RATINGS)).toMatch(/This would lose .*rows of SellerRatings/);
    expect(await refused('rollback', 'database', '--to', RATINGS, '--force')).toMatch(/Add --yes/);
    expect(await numbers()).toEqual(before);
    const forced = await done('rollback', 'database', '--to', RATINGS, '--force', '--yes');
    const backup = /^As it was before: (\S+)$/m.exec(forced.stdout)![1]!;
    await expect(numbers()).rejects.toThrow();

    await done('release', 'database', '--ref', one); // up again: the tables are there, and empty
    expect((await numbers()).ratings).toBe(0);
    expect(await refused('restore', 'package.json')).toMatch(/cannot be read .*Nothing was changed/);
    const restored = await done('restore', backup);
    expect(restored.stderr).toMatch(/backup written to/);
    const last = await database.prisma.outboxEvent.findFirst({ orderBy: { id: 'desc' } });
    expect(last?.topic).toBe('cache.cleared'); // what Redis held is not believed any more
    expect(await numbers()).toEqual(before);
    await done('verify-aggregates');
    await done('pm2', 'start', '--only', 'marketplace-api');
    expect(await running('api')).toBe(one);
  });
});

/** Everything that ratings are counted in. */
async function numbers() {
  const ratings = await database.prisma.sellerRating.count();
  const versions = await database.prisma.sellerRatingVersion.count();
  const users = await database.prisma.user.findMany({
    where: { totalRatings: { gt: 0 } },
    select: { id: true, totalRatings: true, sellerRating: true },
  });
  return { ratings, versions, users: users.map((user) => ({ ...user, sellerRating: Number(user.sellerRating) })) };
}

/** Buyers who rate one after another and readers who look, through the pages and at the API itself, until it is stopped. */
async function startLoad() {
  const seller = await createSeller(database);
  const buyers: Person[] = [];
  let more: Promise<void> | null = null;
  /** A buyer who has not rated yet; on a slow machine it takes many of them. */
  const nextBuyer = async (): Promise<Person> => {
    if (buyers.length < BUYERS / 2)
      more ??= (async () => {
        const people = await createPeople(database, BUYERS);
        const ids = people.map(({ id }) => id);
        await completeOrders(database, seller, ids);
        buyers.unshift(...people);
        more = null;
      })();
    if (buyers.length === 0) await more;
    return buyers.pop()!;
  };
  const tokens = jwtTokens({ secret: site.secret, ttlS: 3600 });
  const acknowledged: number[] = [];
  const failures: string[] = [];
  const load = { stopped: false };
  const repeat = async (pauseMs: number, work: () => Promise<{ status: number; text: string }>) => {
    while (!load.stopped) {
      const { status, text } = await work().catch((error: Error) => ({ status: 0, text: `${error.message} ${String(error.cause)}` }));
      if (status < 200 || status > 299) failures.push(`${status} ${text.slice(0, 200)}`);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  const rate = (url: string) => async () => {
    const buyer = await nextBuyer();
    const { token } = tokens.issueAccessToken({ userId: buyer.id, sessionId: sessionIdOf(buyer.id) }, new Date());
    const { status, body } = await restClient(url).post('/ratings', { sellerId: seller.id, rating: 1 + (buyer.id % 5) }, { token });
    if (status === 201) acknowledged.push(buyer.id);
    return { status, text: JSON.stringify(body) };
  };
  const read = (url: string) => async () => {
    const answer = await fetch(url);
    return { status: answer.status, text: await answer.text() };
  };
  const { apiUrl, webUrl } = site;
  const clients = [
    repeat(100, rate(webUrl)),
    repeat(100, rate(webUrl)),
    repeat(100, rate(apiUrl)),
    repeat(100, read(`${apiUrl}/api/v1/ratings/seller/${seller.id}/summary`)),
    repeat(100, read(`${webUrl}/sellers/${seller.id}`)),
    repeat(100, read(`${webUrl}/`)),
  ];
  return {
    async stop() {
      load.stopped = true;
      await Promise.all(clients);
      return { acknowledged, failures, sellerId: seller.id };
    },
  };
}
