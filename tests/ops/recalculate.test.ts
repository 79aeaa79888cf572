import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { ROOT } from '@assay/api';
import type { Discrepancy } from '@assay/core';
import {
  completeOrders,
  createMarket,
  createPeople,
  createSeller,
  createTestDatabase,
  onEachEngine,
  recount,
  recountDays,
  restClient,
  storedAggregates,
  storedDays,
  testEnvironment,
  useProduct,
} from '@assay/testing';
import { beforeAll, expect, it } from 'vitest';

const SELLERS = 300;
const RATERS = 8;

onEachEngine('recalculation', (engine) => {
  const { db, api } = useProduct(engine);
  let sellerIds: number[];
  let environment: Record<string, string>;

  beforeAll(async () => {
    environment = { ...(process.env as Record<string, string>), ...testEnvironment(db.url) };
    const raters = await createPeople(db.database, RATERS, ['buyer'], 'Rater');
    sellerIds = (await createPeople(db.database, SELLERS, ['seller'], 'Seller')).map(({ id }) => id);
    const rows = sellerIds.flatMap((sellerId, i) =>
      raters.slice(0, i % (RATERS + 1)).map((rater, j) => ({ sellerId, raterId: rater.id, rating: 1 + ((i + j) % 5), source: 'imported' })),
    );
    for (let i = 0; i < rows.length; i += 200) await db.database.prisma.sellerRating.createMany({ data: rows.slice(i, i + 200) });
    // The counts are all zero now: every seller who has ratings is wrong.
  });

  function command(name: string, args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [`scripts/${name}.ts`, ...args], {
      cwd: ROOT,
      env: environment,
      encoding: 'utf8',
    });
    return { status, stdout, stderr, json: args.includes('--json') && stdout ? (JSON.parse(stdout) as Report) : null };
  }
  interface Report {
    checked: number;
    corrected: Discrepancy[];
    wrong: Discrepancy[];
    correctedBefore: number;
    repaired: number;
  }

  const setCounts = (id: number, counts: object) => db.database.prisma.user.updateMany({ where: { id }, data: counts });

  it('corrects everybody who is wrong, says so, and finds nothing the second time', async () => {
    const wrong = sellerIds.filter((_id, i) => i % (RATERS + 1) > 0);
    const verified = command('verify-aggregates', ['--json']);
    expect([verified.status, verified.json!.wrong.map(({ sellerId }) => sellerId)]).toEqual([1, wrong]);
    const preview = command('recalculate-aggregates', ['--dry-run', '--json']);
    expect([preview.status, preview.json!.corrected.length]).toEqual([0, wrong.length]);
    const first = command('recalculate-aggregates', ['--json']);
    expect([first.status, first.json!.corrected]).toEqual([0, verified.json!.wrong]);
    expect(command('recalculate-aggregates', ['--json']).json!.corrected).toEqual([]);
    for (const id of sellerIds.slice(0, 40)) expect(await storedAggregates(db.database, id)).toEqual(await recount(db.database, id));
  });

  it('finds drift of every kind, and nothing else', async () => {
    const [a, b, c, d, e, f, g, h] = [8, 17, 26, 35, 9, 44, 53, 62].map((i) => sellerIds[i]!);
    await setCounts(a!, { stars1: { increment: 1 } }); // one too many
    await setCounts(b!, { stars1: { increment: 1 }, stars5: { decrement: 1 } }); // moved: the total is right
    await setCounts(c!, { stars1: 0, stars2: 0, stars3: 0, stars4: 0, stars5: 0 }); // forgotten
    await db.database.prisma.sellerRating.deleteMany({ where: { sellerId: d! } }); // ratings that went behind our back
    await setCounts(e!, { stars3: 4 }); // counts of a seller without a rating
    const { sellerRatingDay } = db.database.prisma;
    await sellerRatingDay.updateMany({ where: { sellerId: f! }, data: { stars2: { increment: 1 } } }); // one too many on a day
    await sellerRatingDay.deleteMany({ where: { sellerId: g! } }); // days that are gone
    await sellerRatingDay.createMany({ data: [{ sellerId: h!, day: 5, stars4: 1 }] }); // a day on which there was nothing
    const { status, json, stdout } = command('verify-aggregates', ['--json']);
    expect([status, json!.wrong.map(({ sellerId }) => sellerId).toSorted((x, y) => x - y)]).toEqual([
      1,
      [a!, b!, c!, d!, e!, f!, g!, h!].toSorted((x, y) => x - y),
    ]);
    const forgotten = (JSON.parse(stdout) as Report).wrong.find(({ sellerId }) => sellerId === c);
    expect(forgotten!.stored).toEqual({ 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 });
    expect(Object.values(forgotten!.counted).reduce((sum, n) => sum + n, 0)).toBe(8);
    const shown = command('verify-aggregates', []).stdout;
    expect(shown).toContain(`seller ${c}: no score from 0 [0 0 0 0 0] -> `);
    const repaired = command('verify-aggregates', ['--repair', '--json']);
    expect([repaired.status, repaired.json!.repaired]).toEqual([1, 8]);
    for (const id of [f!, g!, h!]) expect(await storedDays(db.database, id)).toEqual(await recountDays(db.database, id));
    expect(command('verify-aggregates', []).status).toBe(0);
    expect(await db.database.prisma.auditEntry.count({ where: { action: 'aggregates.corrected', entityId: String(c) } })).toBe(2);
  });

  it('looks at one seller, or at those whose ratings changed since a moment', async () => {
    const seller = await createSeller(db.database);
    const [buyer] = await createPeople(db.database, 1);
    await completeOrders(db.database, seller, [buyer!.id]);
    const since = new Date(Date.now() - 1000).toISOString();
    const token = api.tokenFor(buyer!);
    expect((await restClient(api.url).post('/ratings', { sellerId: seller.id, rating: 4 }, { token })).status).toBe(201);
    const other = sellerIds[4]!;
    for (const id of [seller.id, other]) await setCounts(id, { stars2: { increment: 3 } });

    const one = command('recalculate-aggregates', ['--seller', String(other), '--json']).json!;
    expect([one.checked, one.corrected.map(({ sellerId }) => sellerId)]).toEqual([1, [other]]);
    const recent = command('recalculate-aggregates', ['--since', since, '--json']).json!;
    expect([recent.checked, recent.corrected.map(({ sellerId }) => sellerId)]).toEqual([1, [seller.id]]);
  });

  it('killed while ratings come in, it goes on where it was, and every score is right', async () => {
    const { seller, buyers } = await createMarket(db.database, 60);
    for (const id of [...sellerIds.slice(0, 50), seller.id]) await setCounts(id, { stars1: { increment: 2 } });
    let killed = 0;
    const rating = Promise.all(
      buyers.map(async (buyer, i) => {
        const answer = await restClient(api.url).post(
          '/ratings',
          { sellerId: seller.id, rating: 1 + (i % 5) },
          { token: api.tokenFor(buyer) },
        );
        expect(answer.status).toBe(201);
      }),
    );
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, ['scripts/recalculate-aggregates.ts', '--json'], {
        cwd: ROOT,
        env: environment,
        stdio: 'ignore',
      });
      if (await killAtFirstProgress(child)) killed += 1;
    }
    await rating;
    expect(killed).toBeGreaterThan(0);
    const rest = command('recalculate-aggregates', ['--json']);
    expect(rest.status).toBe(0);
    expect(await storedAggregates(db.database, seller.id)).toEqual(await recount(db.database, seller.id));
    expect(await storedDays(db.database, seller.id)).toEqual(await recountDays(db.database, seller.id));
    expect(await db.database.prisma.recalculationRun.count({ where: { finishedAt: null } })).toBe(0);
    expect(command('verify-aggregates', []).status).toBe(0);
  });

  /** Ends it with SIGKILL as soon as its run is in the database. Returns false when it was quicker. */
  async function killAtFirstProgress(child: ChildProcess): Promise<boolean> {
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    for (let done = false; !done && child.exitCode === null;) {
      done = (await db.database.prisma.recalculationRun.count({ where: { finishedAt: null } })) > 0;
    }
    const alive = child.exitCode === null;
    child.kill('SIGKILL');
    await ended;
    return alive;
  }
});

onEachEngine('npm run success-report', (engine) => {
  it('says how far each goal is met, and ends with 1 where one is not', async () => {
    const db = await createTestDatabase(engine);
    const env = { ...process.env, ...testEnvironment(db.url) };
    const report = (...args: string[]) =>
      spawnSync(process.execPath, ['scripts/success-report.ts', ...args], { cwd: ROOT, env, encoding: 'utf8' });
    const empty = report();
    expect([empty.status, empty.stdout.trim().split('\n').at(-1)]).toEqual([
      0,
      '0 of 7 goals met, 7 cannot be measured yet. Last 30 days.',
    ]);
    await createMarket(db.database, 4);
    const { status, stdout } = report('--days', '90', '--json');
    const { goals } = JSON.parse(stdout) as { goals: { id: string; met: boolean | null; basis: string }[] };
    expect([status, goals.find(({ id }) => id === 'participation')]).toMatchObject([
      1,
      { met: false, basis: '0 of 4 buyers with a completed order' },
    ]);
    expect(report('--days', '31').status).toBe(2);
    await db.drop();
  });
});

it.each([['--seller', '0'], ['--since', 'soon'], ['--seller', '1', '--since', '2026-01-01'], ['--bogus'], ['stray']])(
  'a wrong call says so: %s %s',
  (...args) => {
    const given = ['scripts/recalculate-aggregates.ts', ...args.filter(Boolean)];
    const { status, stderr } = spawnSync(process.execPath, given, { cwd: ROOT, encoding: 'utf8' });
    expect([status, stderr.includes('--help says more')]).toEqual([2, true]);
  },
);
