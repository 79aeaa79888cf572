import type { InsightsRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { updateOrInsert } from '../engine/errors.ts';
import { insert } from '../engine/insert.ts';
import { columns, COUNT, countRows, outer, present } from '../engine/rows.ts';
import { toHistogram } from './histogram.ts';

const DAY = columns(
  { d: 'SellerRatingDays' },
  { day: 'd.Day', s1: 'd.Stars1', s2: 'd.Stars2', s3: 'd.Stars3', s4: 'd.Stars4', s5: 'd.Stars5' },
);
const EVENT = columns(
  { h: 'SellerRatingHistory', u: 'Users', p: outer('SellerRatingHistory') },
  {
    id: 'h.Id',
    at: 'h.At',
    ratingId: 'h.RatingId',
    action: 'h.Action',
    rating: 'h.Rating',
    was: 'p.Rating',
    raterName: 'u.FullName',
  },
);
const SOURCE = columns({ r: 'SellerRatings' }, { source: 'r.Source', n: COUNT });
/** A rating is struck with a reason. */
const STRUCK = columns({ k: 'StruckRatings', d: 'RatingDecisions' }, { reason: present('d.Reason'), ratings: COUNT });

export function insightsRepository(db: Queryable): InsightsRepository {
  return {
    async days(sellerId) {
      const rows = await DAY.read(db, Prisma.sql`FROM SellerRatingDays d WHERE d.SellerId = ${sellerId} ORDER BY d.Day`);
      return rows.map((row) => ({ day: row.day, histogram: toHistogram(row) }));
    },

    events: (sellerId, rows) =>
      EVENT.read(
        db,
        Prisma.sql`FROM SellerRatingHistory h
          JOIN Users u ON u.Id = h.RaterId
          LEFT JOIN SellerRatingHistory p ON p.RatingId = h.RatingId AND p.Version = h.Version - 1
          WHERE h.SellerId = ${sellerId} ORDER BY h.Id DESC ${limit(db.engine, rows)}`,
      ),

    countUnanswered: (sellerId) =>
      countRows(
        db,
        Prisma.sql`FROM SellerRatings r
          WHERE r.SellerId = ${sellerId} AND r.Comment IS NOT NULL AND NOT EXISTS (SELECT 1 FROM RatingReplies y WHERE y.RatingId = r.Id)`,
      ),

    async sources(sellerId) {
      const rows = await SOURCE.read(db, Prisma.sql`FROM SellerRatings r WHERE r.SellerId = ${sellerId} GROUP BY r.Source`);
      const of = (source: string) => rows.find((row) => row.source === source)?.n ?? 0;
      return { purchase: of('purchase'), imported: of('imported') };
    },

    struckByReason: (sellerId) =>
      STRUCK.read(
        db,
        Prisma.sql`FROM StruckRatings k JOIN RatingDecisions d ON d.Id = k.DecisionId
          WHERE k.SellerId = ${sellerId} GROUP BY d.Reason ORDER BY d.Reason`,
      ),

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
      const next = Prisma.sql`UPDATE DashboardVisits SET PreviousAt = VisitedAt, VisitedAt = ${at} WHERE SellerId = ${sellerId} AND VisitedAt <= ${apart}`;
      await updateOrInsert(
        () => db.write(next),
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
