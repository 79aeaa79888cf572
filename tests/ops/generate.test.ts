import { spawnSync } from 'node:child_process';
import { ROOT } from '@assay/api';
import { searchTerms } from '@assay/core';
import { createRepositories } from '@assay/database';
import {
  createTestDatabase,
  onEachEngine,
  PRODUCTION,
  recount,
  spawnApi,
  storedAggregates,
  testEnvironment,
  useDatabase,
} from '@assay/testing';
import { expect, it } from 'vitest';

const STRONG = 'q1W8xYb3Tn5Vd7Lk0Zs2Rf4Hg6Jc9Mp+Ae/Uo';

onEachEngine('generated data', (engine) => {
  const db = useDatabase(engine);

  const generate = (args: string[], overrides: Record<string, string> = {}) => {
    const env = { ...process.env, ...testEnvironment(db.url, overrides) };
    return spawnSync(process.execPath, ['scripts/generate-data.ts', ...args], { cwd: ROOT, env, encoding: 'utf8' });
  };
  const counts = async () => {
    const rows = await db.database.prisma.sellerRating.groupBy({ by: ['sellerId'], _count: true });
    return rows.map(({ _count }) => _count).toSorted((a, b) => b - a);
  };

  it('has as many ratings and sellers as asked for, few of them large, and every aggregate equals a recount', async () => {
    const { status, stdout } = generate(['--ratings', '3000', '--sellers', '40', '--seed', '7']);
    expect([status, stdout]).toEqual([0, '3,000 ratings of 40 sellers exist now.\n']);
    const sizes = await counts();
    expect([sizes.length, sizes.reduce((sum, n) => sum + n, 0)]).toEqual([40, 3000]);
    expect(sizes[0]).toBeGreaterThan(5 * sizes.at(-1)!);
    const sellers = await db.database.prisma.user.findMany({ where: { totalRatings: { gt: 0 } }, select: { id: true } });
    expect(sellers).toHaveLength(40);
    for (const { id } of sellers.slice(0, 10)) expect(await storedAggregates(db.database, id)).toEqual(await recount(db.database, id));
    expect(await db.database.prisma.sellerRating.count({ where: { source: 'imported' } })).toBe(3000);
  });

  it('is there once, however often it is asked for', async () => {
    expect(generate(['--ratings', '3000', '--sellers', '40', '--seed', '7']).stdout).toMatch(/existed already/);
    expect(await db.database.prisma.sellerRating.count()).toBe(3000);
  });

  it('listings are for sale, found by their words, and there once', async () => {
    const args = ['--listings', '2500', '--sellers', '30', '--seed', '5'];
    expect(generate(args)).toMatchObject({ status: 0, stdout: '2,500 listings of up to 30 sellers exist now.\n' });
    expect(generate(args).stdout).toMatch(/existed already/);
    expect(await db.database.prisma.sellerListing.count({ where: { status: 'active' } })).toBe(2500);
    expect(await db.database.prisma.listingEvent.count()).toBe(2500);
    const { listingSearch } = createRepositories(db.database);
    const found = async (q: string) => (await listingSearch.count({ terms: searchTerms(q) }, 1000)).count;
    const bowls = await db.database.prisma.sellerListing.count({ where: { category: 'ceramics/bowls' } });
    expect(bowls).toBeGreaterThan(20);
    expect(await found('bowl')).toBe(bowls);
    expect(await found('5-1234')).toBe(1);
  });

  it('has no place on a database that has served production, also where the command does not know', async () => {
    const place = await createTestDatabase('sqlite');
    const production = await spawnApi(place.url, { ...PRODUCTION, NODE_ENV: 'production', JWT_SECRET: STRONG });
    await production.stop();
    const env = { ...process.env, ...testEnvironment(place.url) };
    for (const [script, ...args] of [['scripts/generate-data.ts', '--ratings', '10', '--sellers', '2'], ['scripts/seed.ts']] as const) {
      const { status, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: ROOT, env, encoding: 'utf8' });
      expect([status, stderr]).toEqual([1, expect.stringContaining('This database has served production.')]);
    }
    expect(await place.database.prisma.user.count()).toBe(0);
    await place.drop();
  });

  it('has no place in production', async () => {
    const { status, stderr } = generate(['--ratings', '10', '--sellers', '2'], { NODE_ENV: 'production' });
    expect([status, stderr]).toEqual([1, 'Generated data is refused in production.\n']);
    expect(await db.database.prisma.sellerRating.count()).toBe(3000);
  });
});
