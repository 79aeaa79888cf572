import path from 'node:path';
import { ROOT } from '@assay/api';
import { parseDatabaseUrl } from '@assay/database';
import { createEmptyPlace, createTestDatabase, onSqlServer, querySqlServer, runSqlFile, type SqlRow } from '@assay/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BACKFILLED, TABLE_EXISTS } from '../contract/printed-queries.ts';
import { ACCOUNTS, migrate, RATINGS, SHOP, statesOf, tableNamesOf, tablesOf } from './migrate-command.ts';

const GUIDE = 'apps/api/prisma/migrations';
const OWN = 'prisma/migrations/sqlserver';

onSqlServer('the deployment guide of the ratings', () => {
  let place: Awaited<ReturnType<typeof createEmptyPlace>>;
  beforeEach(async () => {
    place = await createEmptyPlace('sqlserver');
  });
  afterEach(() => place.drop());
  const target = () => parseDatabaseUrl(place.url, ROOT);
  const sqlcmd = (file: string) => runSqlFile(target(), path.join(ROOT, file));
  const rows = (query: string): Promise<SqlRow[]> => querySqlServer(target(), query);
  const backfill = async () => Object.values((await sqlcmd(`${GUIDE}/backfill-rating-aggregates.sql`))[0]!)[0];

  /** What the guide begins with: a marketplace that has people and orders. */
  const marketplace = async () => {
    for (const name of [ACCOUNTS, SHOP]) await sqlcmd(`${OWN}/${name}.sql`);
    await rows(`INSERT INTO Users (FullName, SearchName) VALUES (N'Seller', N'seller'), (N'Ann', N'ann'), (N'Bob', N'bob'), (N'Cid', N'cid');
      SELECT 1 AS done`);
  };

  it('runs in its order with sqlcmd alone, and the migrator goes on from there', { timeout: 400_000 }, async () => {
    await marketplace();
    await sqlcmd(`${GUIDE}/${RATINGS}.sql`);
    expect(await rows(TABLE_EXISTS)).toHaveLength(1);
    expect(await tableNamesOf(place.url)).not.toContain('sellerratingdays');

    expect(await backfill()).toBe(0);
    await rows(`SET QUOTED_IDENTIFIER ON; INSERT INTO SellerRatings (SellerId, RaterId, Rating, Source)
      SELECT s.Id, r.Id, CASE r.FullName WHEN N'Bob' THEN 3 ELSE 5 END, N'imported' FROM Users s JOIN Users r ON r.Id <> s.Id WHERE s.FullName = N'Seller';
      SELECT 1 AS done`);
    expect(await backfill()).toBe(1);
    expect(await backfill()).toBe(0);
    expect(Object.values((await rows(BACKFILLED))[0]!)).toEqual([expect.any(Number), 'Seller', 3, 4.33]);

    const up = await migrate(place.url, ['up']);
    expect([up.status, up.stderr.match(/^found \S+/gm)]).toEqual([0, [ACCOUNTS, SHOP, RATINGS].map((name) => `found ${name}`)]);
    expect(new Set(Object.values(await statesOf(place.url)))).toEqual(new Set(['applied']));
    const fresh = await createTestDatabase('sqlserver');
    expect(await tablesOf(place.url)).toEqual(await tablesOf(fresh.url));
    await fresh.drop();
    expect(await backfill()).toBe(0);
    expect(Object.values((await rows('SELECT SUM(Stars3) AS a, SUM(Stars5) AS b FROM SellerRatingDays'))[0]!)).toEqual([1, 2]);
  });

  it('a script that is run again is refused, and changes nothing', async () => {
    await marketplace();
    await sqlcmd(`${GUIDE}/${RATINGS}.sql`);
    const before = await tablesOf(place.url);
    await expect(sqlcmd(`${GUIDE}/${RATINGS}.sql`)).rejects.toThrow();
    expect(await tablesOf(place.url)).toEqual(before);
  });

  it('where only a part of a migration is there, the migrator refuses and names both parts', async () => {
    await marketplace();
    await rows('CREATE TABLE SellerRatings (Id INT NOT NULL); SELECT 1 AS done');
    const { status, stderr } = await migrate(place.url, ['up']);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(new RegExp(`${RATINGS} is not recorded, .*: SellerRatings; not SellerRatingHistory, .*Users.Stars1`)),
    ]);
    expect((await statesOf(place.url))[SHOP]).toBe('applied');
  });
});
