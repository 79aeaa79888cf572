import type { Stars } from '@assay/contract';
import { createRepositories, Prisma } from '@assay/database';
import {
  completeOrders,
  counted as ratingOf,
  createPeople,
  createSeller,
  engineVersion,
  onEachEngine,
  querySqlServer,
  recount,
  standInDiffers,
  useDatabase,
  type Aggregates,
  type SqlRow,
  type SuiteDatabase,
} from '@assay/testing';
import { beforeAll, expect, it } from 'vitest';
import {
  TABLE_EXISTS,
  INDEXES,
  USER_COLUMNS,
  BACKFILLED,
  DAILY,
  DISTRIBUTION,
  TOP_RATED,
  WEEKLY,
  PARTICIPATION,
  SLOW,
  getRatingCreationRate,
  getAverageRatingTrend,
  verifySellersScores,
} from './printed-queries.ts';

/** Stars and age in days; weeks apart, so that days and weeks fall into the same groups. The last one is imported. */
const RATINGS: [seller: number, rater: number, stars: Stars, age: number][] = [
  [0, 0, 5, 0],
  [0, 1, 5, 0],
  [0, 2, 4, 7],
  [0, 3, 1, 7],
  [1, 0, 5, 7],
  [1, 1, 4, 42],
  [2, 4, 2, 42],
  [1, 2, 3, 42],
];
const DAY = 86_400_000;

interface Market {
  now: Date;
  sellers: { id: number; fullName: string; counted: Aggregates }[];
  /** A query's rows, their columns in lower case: a look-alike of SQL Server keeps no case. */
  rows(query: string): Promise<SqlRow[]>;
}

/** Three sellers, five buyers, eight ratings; what each seller's columns must say, counted one by one. */
async function createMarket(db: SuiteDatabase): Promise<Market> {
  const { database, engine } = db;
  const sellers = [await createSeller(database), await createSeller(database), await createSeller(database)];
  const buyers = (await createPeople(database, 5)).map(({ id }) => id);
  const orders = await Promise.all(sellers.map((seller) => completeOrders(database, seller, buyers)));
  const now = new Date();
  for (const [i, [seller, rater, rating, age]] of RATINGS.entries()) {
    const [sellerId, raterId, at] = [sellers[seller]!.id, buyers[rater]!, new Date(now.getTime() - age * DAY)];
    const stored = { sellerId, raterId, rating, comment: null };
    await database.transaction(async (tx) => {
      const { ratings } = createRepositories(tx);
      if (i < RATINGS.length - 1) await ratings.insert({ ...stored, orderId: orders[seller]!.get(raterId)! }, at);
      else await tx.prisma.sellerRating.createMany({ data: [{ ...stored, source: 'imported', createdAt: at }] });
      await ratings.shiftCounts(sellerId, null, ratingOf(rating));
    });
  }
  const lowerCase = (row: SqlRow) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value]));
  const rows = (query: string) => (engine === 'sqlite' ? database.read<SqlRow>(Prisma.raw(query)) : querySqlServer(db.target, query));
  return {
    now,
    sellers: await Promise.all(sellers.map(async ({ id, fullName }) => ({ id, fullName, counted: await recount(database, id) }))),
    rows: async (query) => (await rows(query)).map(lowerCase),
  };
}

onEachEngine('the documents’ queries', (engine) => {
  const db = useDatabase(engine);
  let market: Market;
  beforeAll(async () => {
    market = await createMarket(db);
  });

  it('rating distribution', async () => {
    expect(await market.rows(DISTRIBUTION)).toEqual([
      { rating: 5, count: 3, percentage: 37.5 },
      { rating: 4, count: 2, percentage: 25 },
      { rating: 3, count: 1, percentage: 12.5 },
      { rating: 2, count: 1, percentage: 12.5 },
      { rating: 1, count: 1, percentage: 12.5 },
    ]);
  });

  it('rating distribution is the sum of the stored star counts', async () => {
    const { _sum } = await db.database.prisma.user.aggregate({
      _sum: { stars1: true, stars2: true, stars3: true, stars4: true, stars5: true, totalRatings: true },
    });
    const counts = (await market.rows(DISTRIBUTION)).map(({ count }) => count);
    expect(counts).toEqual([_sum.stars5, _sum.stars4, _sum.stars3, _sum.stars2, _sum.stars1]);
    expect(_sum.totalRatings).toBe(RATINGS.length);
  });

  it('participation rate', async () => {
    expect(await market.rows(PARTICIPATION)).toEqual([{ userswhorated: 5, totalusers: 8, participationrate: 62.5 }]);
  });

  it('the Prisma queries: creation rate, average trend, and scores without a discrepancy until there is one', async () => {
    const { prisma } = db.database;
    expect(await getRatingCreationRate(prisma)).toBe(2);
    const trend = await getAverageRatingTrend(prisma, 8);
    expect(trend.map(({ _avg }) => _avg.rating!.toFixed(6))).toEqual(expect.arrayContaining(['3.333333', '5.000000']));
    expect(trend).toHaveLength(2);

    expect(await verifySellersScores(prisma)).toEqual([]);
    const { id, fullName } = market.sellers[2]!;
    await prisma.user.updateMany({ where: { id }, data: { stars5: { increment: 1 } } });
    expect(await verifySellersScores(prisma)).toEqual([
      { sellerId: id, sellerName: fullName, storedTotal: 2, actualTotal: 1, storedPositive: 1, actualPositive: 0 },
    ]);
    await prisma.user.updateMany({ where: { id }, data: { stars5: { decrement: 1 } } });
  });

  // The rest is written in T-SQL.
  if (engine === 'sqlite') return;

  it('verify schema: the table, and the columns of Users with their types', async () => {
    expect(await market.rows(TABLE_EXISTS)).toMatchObject([{ table_name: 'SellerRatings', table_type: 'BASE TABLE' }]);
    const columns = await market.rows(USER_COLUMNS);
    expect(Object.fromEntries(columns.map(({ column_name, data_type }) => [column_name, data_type]))).toEqual({
      SellerRating: 'decimal',
      TotalRatings: 'int',
      PositiveRatings: 'int',
    });
  });

  it('verify schema: sp_helpindex shows the unique index on (SellerId, RaterId)', async () => {
    if (standInDiffers(await engineVersion(db.target), 'noHelpIndex'))
      await expect(market.rows(INDEXES)).rejects.toThrow('not currently supported');
    else
      expect(await market.rows(INDEXES)).toContainEqual({
        index_name: 'UX_SellerRatings_Seller_Rater',
        index_description: expect.stringContaining('unique') as string,
        index_keys: 'SellerId, RaterId',
      });
  });

  it('verify results: everybody with ratings, as the columns say', async () => {
    const rows = await market.rows(BACKFILLED);
    expect(rows.sort((a, b) => Number(a.id) - Number(b.id))).toEqual(
      market.sellers.map(({ id, fullName, counted }) => ({
        id,
        fullname: fullName,
        totalratings: counted.totalRatings,
        sellerrating: counted.sellerRating,
      })),
    );
  });

  it('ratings a day, of the last thirty days', async () => {
    const day = (age: number) => new Date(Math.floor((market.now.getTime() - age * DAY) / DAY) * DAY);
    expect(await market.rows(DAILY)).toEqual([
      { ratingdate: day(0), ratingscreated: 2 },
      { ratingdate: day(7), ratingscreated: 3 },
    ]);
  });

  it('top-rated sellers: those with a score, the best first', async () => {
    const [best, next] = [market.sellers[1]!, market.sellers[0]!]; // 4.00 of three, 3.75 of four; the third has one rating
    expect(await market.rows(TOP_RATED)).toEqual(
      [best, next].map(({ id, fullName, counted: { sellerRating, totalRatings, positiveRatings } }) => ({
        id,
        fullname: fullName,
        sellerrating: sellerRating,
        totalratings: totalRatings,
        positiveratings: positiveRatings,
      })),
    );
  });

  it('activity by week', async () => {
    expect(await market.rows(WEEKLY)).toMatchObject([
      { ratingscount: 2, avgrating: 5 },
      { ratingscount: 3, avgrating: expect.closeTo(10 / 3, 6) as number },
      { ratingscount: 3, avgrating: 3 },
    ]);
  });

  it('a seller’s ratings, with statistics on', async () => {
    const rows = await market.rows(SLOW);
    expect(rows.map(({ rating }) => Number(rating)).sort((a, b) => a - b)).toEqual([1, 4, 5, 5]);
  });
});
