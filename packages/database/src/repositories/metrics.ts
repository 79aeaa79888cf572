import { NEW_SELLER_BELOW } from '@assay/contract';
import { LATENCY_BUCKETS_MS, type MetricsRepository, type RatingPace, type RequestSample } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { hourOf, startOfHour } from '../engine/time.ts';
import { columns, countRows, present, readCount } from '../engine/rows.ts';
import { chunks } from '../engine/value-rows.ts';
import { forEachStar, STORED_COUNTS, toHistogram, type Counts } from './histogram.ts';

const DELETED_AT_ONCE = 2000;
const BUCKETS = [...LATENCY_BUCKETS_MS.map((ms) => `To${ms}`), 'Longer'];
const COUNTS = ['Requests', 'Errors', ...BUCKETS];
const SUMS = Prisma.raw(COUNTS.map((name) => `CAST(SUM(q.${name}) AS INT) AS ${name.toLowerCase()}`).join(', '));
const RATED_STARS = forEachStar((n) => `CAST(COALESCE(SUM(CASE WHEN r.Rating = ${n} THEN 1 ELSE 0 END), 0) AS INT) AS s${n}`);

const TOP_SELLER = columns(
  { u: 'Users' },
  { id: 'u.Id', name: 'u.FullName', lowerBound: present('u.RatingLowerBound'), ...STORED_COUNTS },
  ({ id, name, lowerBound, ...counts }) => ({ id, name, lowerBound, histogram: toHistogram(counts) }),
);

export function metricsRepository(db: Queryable): MetricsRepository {
  const one = async <Row>(query: Prisma.Sql) => (await db.read<Row>(query))[0]!;
  const count = (query: Prisma.Sql) => readCount(db, query);
  /** Deletes old rows in chunks: other writers wait for one chunk at most. */
  const deleteInChunks = async (table: string, old: Prisma.Sql) => {
    const name = Prisma.raw(table);
    for (let total = 0; ;) {
      const gone = await db.write(
        Prisma.sql`DELETE FROM ${name} WHERE Id IN (SELECT t.Id FROM ${name} t WHERE ${old} ORDER BY t.Id ${limit(db.engine, DELETED_AT_ONCE)})`,
      );
      total += gone;
      if (gone < DELETED_AT_ONCE) return total;
    }
  };
  return {
    countRatings: (from, to) => countRows(db, Prisma.sql`FROM SellerRatings r WHERE r.CreatedAt >= ${from} AND r.CreatedAt < ${to}`),

    ratingsPerHour(from) {
      const hour = hourOf(db.engine, Prisma.sql`r.CreatedAt`);
      return db.read(
        Prisma.sql`SELECT ${hour} AS hour, CAST(COUNT(*) AS INT) AS ratings FROM SellerRatings r WHERE r.CreatedAt >= ${from} GROUP BY ${hour}`,
      );
    },

    async ratingsPerDay(fromDay) {
      const sums = forEachStar((n) => `CAST(SUM(d.Stars${n}) AS INT) AS s${n}`);
      const rows = await db.read<Counts & { day: number }>(
        Prisma.sql`SELECT d.Day AS day, ${sums} FROM SellerRatingDays d WHERE d.Day >= ${fromDay} GROUP BY d.Day ORDER BY d.Day`,
      );
      return rows.map((row) => ({ day: row.day, histogram: toHistogram(row) }));
    },

    countUsers: () => countRows(db, Prisma.sql`FROM Users`),

    countRatedSellers: () => countRows(db, Prisma.sql`FROM Users u WHERE u.RatingLowerBound IS NOT NULL`),

    async totals() {
      const sums = forEachStar((n) => `CAST(COALESCE(SUM(u.Stars${n}), 0) AS INT) AS s${n}`);
      const users = await one<Counts & { users: number; sellers: number }>(Prisma.sql`
        SELECT ${sums}, CAST(COUNT(*) AS INT) AS users, CAST(COALESCE(SUM(CASE WHEN u.TotalRatings > 0 THEN 1 ELSE 0 END), 0) AS INT) AS sellers FROM Users u`);
      const raters = await count(Prisma.sql`SELECT CAST(COUNT(DISTINCT r.RaterId) AS INT) AS n FROM SellerRatings r`);
      return { histogram: toHistogram(users), users: users.users, sellers: users.sellers, raters };
    },

    countRaters: (from) =>
      count(Prisma.sql`SELECT CAST(COUNT(DISTINCT r.RaterId) AS INT) AS n FROM SellerRatings r WHERE r.CreatedAt >= ${from}`),

    topSellers: (rows) =>
      TOP_SELLER.read(
        db,
        Prisma.sql`FROM Users u WHERE u.RatingLowerBound IS NOT NULL AND u.TotalRatings >= ${NEW_SELLER_BELOW}
          ORDER BY u.RatingLowerBound DESC, u.TotalRatings DESC, u.Id DESC ${limit(db.engine, rows)}`,
      ),

    ratingPaces: (hour, from) =>
      db.read<RatingPace>(Prisma.sql`
        SELECT n.SellerId AS sellerId, u.FullName AS sellerName, n.Ratings AS thisHour,
          (SELECT CAST(COUNT(*) AS INT) FROM SellerRatings b WHERE b.SellerId = n.SellerId AND b.CreatedAt >= ${from} AND b.CreatedAt < ${hour}) AS before
        FROM (SELECT r.SellerId, CAST(COUNT(*) AS INT) AS Ratings FROM SellerRatings r
          WHERE r.CreatedAt >= ${hour} AND r.CreatedAt < ${new Date(hour.getTime() + 3_600_000)} GROUP BY r.SellerId) n
        JOIN Users u ON u.Id = n.SellerId`),

    async saveSamples(samples, at) {
      const rows = samples.map(({ endpoint, requests, errors, buckets }) => {
        const [to25, to50, to100, to250, to500, to1000, to2500, longer] = buckets as [
          number,
          number,
          number,
          number,
          number,
          number,
          number,
          number,
        ];
        return { at, endpoint, requests, errors, to25, to50, to100, to250, to500, to1000, to2500, longer };
      });
      for (const data of chunks(rows)) await db.prisma.requestSample.createMany({ data });
    },

    async requests(from) {
      const rows = await db.read<Record<string, number> & { endpoint: string }>(Prisma.sql`
        SELECT q.Endpoint AS endpoint, ${SUMS} FROM RequestSamples q WHERE q.At >= ${from} GROUP BY q.Endpoint ORDER BY SUM(q.Requests) DESC`);
      return rows.map((row): RequestSample => ({
        endpoint: row.endpoint,
        requests: row.requests!,
        errors: row.errors!,
        buckets: BUCKETS.map((name) => row[name.toLowerCase()]!),
      }));
    },

    async condenseSamples(before) {
      const hour = startOfHour(db.engine, Prisma.sql`q.At`);
      const old = Prisma.sql`At < ${before} AND Hourly = 0`;
      const counts = Prisma.raw(COUNTS.join(', '));
      await db.write(Prisma.sql`
        INSERT INTO RequestSamples (At, Endpoint, Hourly, ${counts})
        SELECT ${hour}, q.Endpoint, 1, ${Prisma.raw(COUNTS.map((name) => `SUM(q.${name})`).join(', '))}
        FROM RequestSamples q WHERE q.${old} GROUP BY ${hour}, q.Endpoint`);
      await db.write(Prisma.sql`DELETE FROM RequestSamples WHERE ${old}`);
    },

    async purge({ samples, events, sessions }) {
      return (
        (await deleteInChunks('RequestSamples', Prisma.sql`t.At < ${samples}`)) +
        (await deleteInChunks('OutboxEvents', Prisma.sql`t.CreatedAt < ${events}`)) +
        (await deleteInChunks('SellerCacheInvalidations', Prisma.sql`t.CompletedAt < ${events}`)) +
        (await deleteInChunks('Sessions', Prisma.sql`t.ExpiresAt < ${sessions} OR t.RevokedAt < ${sessions}`))
      );
    },

    async successFacts(from) {
      const bought = Prisma.sql`FROM Orders o WHERE o.Status = 'completed' AND o.CompletedAt >= ${from}`;
      const rated = await one<Counts>(Prisma.sql`SELECT ${RATED_STARS} FROM SellerRatings r WHERE r.CreatedAt >= ${from}`);
      return {
        buyers: await count(Prisma.sql`SELECT CAST(COUNT(DISTINCT o.BuyerId) AS INT) AS n ${bought}`),
        buyersWhoRated: await count(Prisma.sql`
          SELECT CAST(COUNT(DISTINCT o.BuyerId) AS INT) AS n ${bought}
          AND EXISTS (SELECT 1 FROM SellerRatings r WHERE r.RaterId = o.BuyerId AND r.SellerId = o.SellerId)`),
        ratings: toHistogram(rated),
        activeSellers: await count(Prisma.sql`SELECT CAST(COUNT(DISTINCT o.SellerId) AS INT) AS n ${bought}`),
        activeSellersRated: await count(Prisma.sql`
          SELECT CAST(COUNT(DISTINCT o.SellerId) AS INT) AS n ${bought}
          AND EXISTS (SELECT 1 FROM Users u WHERE u.Id = o.SellerId AND u.TotalRatings >= ${NEW_SELLER_BELOW})`),
        feedback: await one(Prisma.sql`
          SELECT CAST(COUNT(*) AS INT) AS answers, CAST(COALESCE(SUM(f.Score), 0) AS INT) AS sum FROM FeatureFeedback f WHERE f.At >= ${from}`),
      };
    },
  };
}
