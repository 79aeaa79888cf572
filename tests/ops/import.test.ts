import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { createTestDatabase, onEachEngine, recount, scoreOf, storedAggregates, testEnvironment, type TestDatabase } from '@assay/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const SCRIPT = path.join(ROOT, 'scripts', 'import-ratings.ts');
const REAL = path.resolve(ROOT, '../shared/data/bitcoin-otc/ratings.csv');
const OTC = ['--columns', 'rater,seller,score,time', '--scale=-10..10', '--source', 'otc'];

/** Ratings of the same shape as the real file, where that is not beside the checkout. */
function generated(): string {
  let state = 42;
  const random = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const pairs = new Set<string>();
  const lines: string[] = [];
  for (let i = 0; lines.length < 35_592; i++) {
    const seller = 1 + Math.floor(random() ** 3 * 5881);
    const rater = 1 + Math.floor(random() * 5881);
    const score = Math.floor(random() * 21) - 10;
    if (score === 0 || rater === seller || pairs.has(`${rater},${seller}`)) continue;
    pairs.add(`${rater},${seller}`);
    lines.push(`${rater},${seller},${score},${1_289_241_911 + i * 100}.${i % 100_000}`);
  }
  return `${lines.join('\n')}\n`;
}

/** The README of the data says how a score maps: written down a second time, so that the test does not ask the code. */
const starsOf = (score: number) => (score <= -4 ? 1 : score < 0 ? 2 : score <= 3 ? 4 : 5);

onEachEngine('ratings:import', (engine) => {
  let db: TestDatabase;
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'assay-import-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  beforeEach(async () => {
    db = await createTestDatabase(engine);
  });
  afterEach(() => db.drop());

  const file = (text: string | Buffer, name = 'ratings.csv') => {
    const at = path.join(dir, name);
    writeFileSync(at, text);
    return at;
  };
  const environment = () => ({ PATH: process.env.PATH ?? '', ...testEnvironment(db.url) });
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], { env: environment(), encoding: 'utf8', cwd: ROOT });
    return { status, stdout, stderr };
  };
  const runJson = (...args: string[]) => {
    const { status, stdout, stderr } = run(...args, '--json');
    expect(stdout, stderr).not.toBe('');
    return {
      status,
      ...(JSON.parse(stdout) as {
        imported: number;
        rejected: { line: number; reason: string }[];
        rejectedBefore: number;
        alreadyDone: boolean;
      }),
    };
  };
  const ratings = () => db.database.prisma.sellerRating.findMany({ include: { seller: true, rater: true }, orderBy: { id: 'asc' } });

  it(
    existsSync(REAL)
      ? 'takes all 35,592 real ratings, every aggregate right'
      : 'takes 35,592 ratings of the real file’s shape (the file itself is not here), every aggregate right',
    async () => {
      const csv = existsSync(REAL) ? REAL : file(generated());
      expect(runJson(csv, ...OTC)).toMatchObject({ status: 0, imported: 35_592, rejected: [] });

      const counts = new Map<string, number[]>();
      for (const line of readFileSync(csv, 'utf8').trim().split('\n')) {
        const [, seller, score] = line.split(',') as [string, string, string];
        const histogram = counts.get(seller) ?? [0, 0, 0, 0, 0];
        histogram[starsOf(Number(score)) - 1]! += 1;
        counts.set(seller, histogram);
      }
      const stored = await db.database.prisma.externalAccount.findMany({ where: { source: 'otc' }, include: { user: true } });
      expect(stored.filter(({ user }) => user.totalRatings! > 0)).toHaveLength(counts.size);
      for (const { externalId, user } of stored) {
        const histogram = counts.get(externalId) ?? [0, 0, 0, 0, 0];
        const total = histogram.reduce((sum, count) => sum + count, 0);
        const sum = histogram.reduce((stars, count, i) => stars + count * (i + 1), 0);
        expect(
          [
            user.stars1,
            user.stars2,
            user.stars3,
            user.stars4,
            user.stars5,
            user.totalRatings,
            user.positiveRatings,
            user.sellerRating === null ? null : Number(user.sellerRating),
          ],
          externalId,
        ).toEqual([...histogram, total, histogram[3]! + histogram[4]!, total === 0 ? null : scoreOf(sum, total)]);
      }
      if (existsSync(REAL)) {
        const totalOf = (externalId: string) => stored.find((account) => account.externalId === externalId)?.user.totalRatings;
        expect([totalOf('35'), totalOf('2642')]).toEqual([535, 412]);
      }
      expect(await db.database.prisma.sellerRatingVersion.count({ where: { action: 'imported' } })).toBe(35_592);
      expect(await db.database.prisma.sellerRating.count({ where: { source: 'imported', orderId: null } })).toBe(35_592);
      // Once more: the same file is done already.
      expect(runJson(csv, ...OTC)).toMatchObject({ status: 0, alreadyDone: true });
      expect(await db.database.prisma.sellerRating.count()).toBe(35_592);
    },
  );

  it('reports every bad line by number and reason, stores nothing of it, and takes the others', async () => {
    const lines = [
      'a,b,5,2020-01-02T03:04:05Z', // 1
      'a,b,4,2020-01-02T03:04:05Z', // 2 again
      'a,a,5,1577934245', // 3 oneself
      ',b,5,1577934245', // 4 no rater
      'c,b,0,1577934245', // 5
      'c,b,6,1577934245', // 6
      'c,b,4.5,1577934245', // 7
      'c,b,five,1577934245', // 8
      'c,b,5,yesterday', // 9
      'c,b,5,2020-02-31', // 10
      'c,b,5,99999999999999', // 11
      'c,b,5', // 12
      'c,b,5,1577934245,extra', // 13
      `${'x'.repeat(101)},b,5,1577934245`, // 14
      'c\u0007,b,5,1577934245', // 15
      '"unclosed,b,5,1577934245"x,5', // 16
      'c,b,5,1577934245.5', // 17
      '"d, the second",b,1,2020-01-02', // 18
      "e'; DROP TABLE Users;--,b,3,1577934245000", // 19
      'f,b,2,1985-01-01', // 20
    ];
    const result = runJson(file(`${lines.join('\r\n')}\r\n`), '--columns', 'rater,seller,score,time');
    expect(result.status).toBe(1);
    expect(Object.fromEntries(result.rejected.map(({ line, reason }) => [line, reason]))).toEqual({
      2: 'this rater has rated this seller already',
      3: 'a rates themselves',
      4: 'the rater is missing',
      5: 'the score "0" is not a whole number on the scale 1..5',
      6: 'the score "6" is not a whole number on the scale 1..5',
      7: 'the score "4.5" is not a whole number on the scale 1..5',
      8: 'the score "five" is not a whole number on the scale 1..5',
      9: 'the time "yesterday" is neither unix nor ISO time',
      10: 'the time "2020-02-31" is neither unix nor ISO time',
      11: 'the time "99999999999999" is in the future',
      12: 'it has 3 fields instead of 4',
      13: 'it has 5 fields instead of 4',
      14: 'the rater is longer than 100 characters',
      15: 'the rater contains characters that are not text',
      16: 'a quote opens here and is not closed at the end of its cell',
      20: 'the time "1985-01-01" is before 1990',
    });
    expect(result.imported).toBe(4);
    const stored = await ratings();
    expect(stored.map(({ rater, rating, createdAt }) => [rater.fullName, rating, createdAt.toISOString()])).toEqual([
      ['a', 5, '2020-01-02T03:04:05.000Z'],
      ['c', 5, '2020-01-02T03:04:05.500Z'],
      ['d, the second', 1, '2020-01-02T00:00:00.000Z'],
      ["e'; DROP TABLE Users;--", 3, '2020-01-02T03:04:05.000Z'],
    ]);
    // People who appear in bad lines alone are not created.
    expect(await db.database.prisma.user.count()).toBe(5);
    const { sellerId } = stored[0]!;
    expect(await storedAggregates(db.database, sellerId)).toEqual(await recount(db.database, sellerId));
  });

  it('a quote that never closes costs its own line, not those behind it', async () => {
    const result = runJson(file('a,b,5,1577934245\n"c,b,5,1577934245\nd,b,5,1577934245\n'), '--columns', 'rater,seller,score,time');
    expect([result.status, result.imported, result.rejected]).toEqual([1, 2, [{ line: 2, reason: expect.stringMatching(/quote/) }]]);
  });

  it('takes the columns from the first line, in any order, with comments', async () => {
    const csv = file(
      '\uFEFFtime,comment,Score,note,seller,rater\n2020-01-02T03:04:05+02:00,"He said ""fine"", and\nleft.",4,x,shop,ann\n2020-01-02,,5,x,shop,ben\n2020-01-02,bad\u0000,5,x,shop,cleo\n',
    );
    const result = runJson(csv);
    expect([result.imported, result.rejected.map(({ line }) => line)]).toEqual([2, [5]]);
    expect((await ratings()).map(({ comment, createdAt, rating }) => [comment, rating, createdAt.toISOString()])).toEqual([
      ['He said "fine", and\nleft.', 4, '2020-01-02T01:04:05.000Z'],
      [null, 5, '2020-01-02T00:00:00.000Z'],
    ]);
  });

  it('writes nothing on a dry run, and says the same as the real one', async () => {
    const csv = file('a,b,5,1577934245\na,b,4,1577934245\nc,b,9,1577934245\nd,b,1,1577934245\n');
    const dry = runJson(csv, '--columns', 'rater,seller,score,time', '--dry-run');
    expect(await db.database.prisma.user.count()).toBe(0);
    const real = runJson(csv, '--columns', 'rater,seller,score,time');
    expect([dry.imported, dry.rejected]).toEqual([real.imported, real.rejected]);
    expect(dry.imported).toBe(2);
  });

  it('knows people of the same source again, letter by letter, and keeps sources apart', async () => {
    const columns = ['--columns', 'rater,seller,score,time'];
    run(file('7,Bob,5,1577934245\n7,bob,4,1577934245\n', 'one.csv'), ...columns, '--source', 'x');
    run(file('8,Bob,3,1577934245\n', 'two.csv'), ...columns, '--source', 'x');
    run(file('7,Bob,1,1577934245\nTrader 9,Bob,1,1577934245\n9,Bob,2,1577934245\n', 'three.csv'), ...columns, '--source', 'y');
    const accounts = await db.database.prisma.externalAccount.findMany({
      include: { user: true },
      orderBy: [{ source: 'asc' }, { userId: 'asc' }],
    });
    expect(accounts.map(({ source, externalId, user }) => [source, externalId, user.fullName, user.totalRatings])).toEqual(
      expect.arrayContaining([
        ['x', 'Bob', 'Bob', 2],
        ['x', 'bob', 'bob', 1],
        ['y', 'Bob', 'Bob', 3],
        ['y', '9', 'Trader 9', 0],
        ['y', 'Trader 9', 'Trader 9', 0],
      ]),
    );
    expect(new Set(accounts.map(({ userId }) => userId)).size).toBe(accounts.length);
  });

  it('killed in the middle, it goes on where it was', async () => {
    const lines = Array.from({ length: 12_000 }, (_, i) => `r${i},s${i % 40},${1 + (i % 5)},1577934245`);
    const csv = file(`${lines.join('\n')}\n`, 'long.csv');
    const child = spawn(process.execPath, [SCRIPT, csv, '--columns', 'rater,seller,score,time'], {
      env: environment(),
      cwd: ROOT,
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    while ((await db.database.prisma.sellerRating.count()) < 2000) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGKILL');
    await ended;
    const half = await db.database.prisma.sellerRating.count();
    expect(half).toBeLessThan(12_000);
    expect(half % 1000).toBe(0);
    const result = runJson(csv, '--columns', 'rater,seller,score,time');
    expect([result.status, result.imported]).toEqual([0, 12_000]);
    expect(await db.database.prisma.sellerRating.count()).toBe(12_000);
    expect(await db.database.prisma.sellerRatingVersion.count()).toBe(12_000);
    for (const { id } of await db.database.prisma.user.findMany({ where: { totalRatings: { gt: 0 } }, select: { id: true } })) {
      expect(await storedAggregates(db.database, id)).toEqual(await recount(db.database, id));
    }
  });

  describe('wrong calls', () => {
    it.each([
      [[], /Name one file/],
      [['no-such-file.csv'], /There is no file/],
      [['FILE', '--scale=0..100'], /The scale is one of/],
      [['FILE', '--columns', 'rater,seller,score'], /There is no column time/],
      [['FILE', '--columns', 'rater,rater,seller,score,time'], /twice/],
      [['FILE', '--source', 'a b'], /source/],
      [['FILE', '--nonsense'], /nonsense/],
    ])('%j', (args, message) => {
      const csv = file('a,b,5,1577934245\n');
      const { status, stdout, stderr } = run(...args.map((arg) => (arg === 'FILE' ? csv : arg)));
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/ at .*\.ts:\d+/);
    });

    it('a first line that names nothing, and an empty file', () => {
      expect(run(file('1,2,3,4\n')).status).toBe(2);
      expect(run(file('')).status).toBe(2);
      expect(run('--help').stdout).toMatch(/npm run ratings:import/);
    });
  });
});
