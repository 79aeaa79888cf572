import type { Stars, StrikeReason } from '@assay/contract';
import type { InsightsRepository, ScoreEventRow } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { updateOrInsert } from '../engine/errors.ts';
import { insert } from '../engine/insert.ts';
import { toDate, type RawDate } from '../engine/values.ts';
import { toHistogram, type RawHistogram } from './histogram.ts';

export function insightsRepository(db: Queryable): InsightsRepository {
  return {
    async days(sellerId) {
      const rows = await db.read<RawHistogram & { day: number }>(Prisma.sql`
        SELECT d.Day AS day, d.Stars1 AS s1, d.Stars2 AS s2, d.Stars3 AS s3, d.Stars4 AS s4, d.Stars5 AS s5
        FROM SellerRatingDays d WHERE d.SellerId = ${sellerId} ORDER BY d.Day`);
      return rows.map((row) => ({ day: row.day, histogram: toHistogram(row) }));
    },

    async events(sellerId, rows) {
      const found = await db.read<Omit<ScoreEventRow, 'at'> & { at: RawDate; was: Stars | null }>(Prisma.sql`
        SELECT h.Id AS id, h.At AS at, h.RatingId AS ratingId, h.Action AS action, h.Rating AS rating, p.Rating AS was, u.FullName AS raterName
        FROM SellerRatingHistory h
        JOIN Users u ON u.Id = h.RaterId
        LEFT JOIN SellerRatingHistory p ON p.RatingId = h.RatingId AND p.Version = h.Version - 1
        WHERE h.SellerId = ${sellerId} ORDER BY h.Id DESC ${limit(db.engine, rows)}`);
      return found.map((row) => ({ ...row, at: toDate(row.at) }));
    },

    async countUnanswered(sellerId) {
      const [row] = await db.read<{ n: number }>(Prisma.sql`
        SELECT CAST(COUNT(*) AS INT) AS n FROM SellerRatings r
        WHERE r.SellerId = ${sellerId} AND r.Comment IS NOT NULL AND NOT EXISTS (SELECT 1 FROM RatingReplies y WHERE y.RatingId = r.Id)`);
      return row!.n;
    },

    async sources(sellerId) {
      const rows = await db.read<{ source: 'purchase' | 'imported'; n: number }>(
        Prisma.sql`SELECT r.Source AS source, CAST(COUNT(*) AS INT) AS n FROM SellerRatings r WHERE r.SellerId = ${sellerId} GROUP BY r.Source`,
      );
      const of = (source: string) => rows.find((row) => row.source === source)?.n ?? 0;
      return { purchase: of('purchase'), imported: of('imported') };
    },

    struckByReason: (sellerId) =>
      db.read<{ reason: StrikeReason; ratings: number }>(Prisma.sql`
        SELECT d.Reason AS reason, CAST(COUNT(*) AS INT) AS ratings
        FROM StruckRatings k JOIN RatingDecisions d ON d.Id = k.DecisionId WHERE k.SellerId = ${sellerId} GROUP BY d.Reason ORDER BY d.Reason`),

    async previousVisit(sellerId) {
      const visit = await db.prisma.dashboardVisit.findUnique({ where: { sellerId } });
      return visit?.previousAt ?? null;
    },

    async visit(sellerId, at, apartMs) {
      const apart = new Date(at.getTime() - apartMs);
      const again = await db.write(
        Prisma.sql`UPDATE DashboardVisits SET VisitedAt = ${at} WHERE SellerId = ${sellerId} AND VisitedAt > ${apart}`,
      );
      if (again > 0) return;
      const anew = Prisma.sql`UPDATE DashboardVisits SET PreviousAt = VisitedAt, VisitedAt = ${at} WHERE SellerId = ${sellerId} AND VisitedAt <= ${apart}`;
      await updateOrInsert(
        () => db.write(anew),
        () => insert(db, 'DashboardVisits', { SellerId: sellerId, VisitedAt: at }),
      );
    },

    saveFeedback: (userId, feature, score, at) =>
      updateOrInsert(
        () =>
          db.write(Prisma.sql`UPDATE FeatureFeedback SET Score = ${score}, At = ${at} WHERE UserId = ${userId} AND Feature = ${feature}`),
        () => insert(db, 'FeatureFeedback', { UserId: userId, Feature: feature, Score: score, At: at }),
      ),
  };
}
