import type { Stars } from '@assay/contract';
import { AppError, type NewRating, type NewRatingVersion, type RatingQuery, type RatingRow, type RatingsRepository, type RatingVersionRow } from '@assay/core';
import { batchedByTurn } from '../engine/batch.ts';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { isUniqueViolation } from '../engine/errors.ts';
import { insertReturningId } from '../engine/insert.ts';
import { after, orderBy, type SortColumn, where } from '../engine/keyset.ts';
import { toDate, type RawDate } from '../engine/values.ts';
import { readHistograms } from './histogram.ts';

type RawRating = Omit<RatingRow, 'createdAt' | 'updatedAt' | 'foundHelpful'> & { createdAt: RawDate; updatedAt: RawDate; foundHelpful: number };

const RATING_COLUMNS = Prisma.sql`
  r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NULL THEN 0 ELSE 1 END AS foundHelpful, r.CreatedAt AS createdAt, r.UpdatedAt AS updatedAt`;

/** `viewerId` may be null: then nobody's votes are marked. */
const ratingTables = (viewerId: number | null) => Prisma.sql`
  FROM SellerRatings r
  JOIN Users s ON s.Id = r.SellerId
  JOIN Users u ON u.Id = r.RaterId
  LEFT JOIN Orders o ON o.Id = r.OrderId
  LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = ${viewerId ?? 0}`;

const newestFirst: SortColumn[] = [
  { column: Prisma.sql`r.CreatedAt`, descending: true },
  { column: Prisma.sql`r.Id`, descending: true },
];
const SORTS: Record<RatingQuery['sort'], SortColumn[]> = {
  newest: newestFirst,
  highest: [{ column: Prisma.sql`r.Rating`, descending: true }, ...newestFirst],
  lowest: [{ column: Prisma.sql`r.Rating`, descending: false }, ...newestFirst],
  helpful: [
    { column: Prisma.sql`r.HelpfulCount`, descending: true },
    { column: Prisma.sql`r.Id`, descending: true },
  ],
};

const toRow = (raw: RawRating): RatingRow => ({
  ...raw,
  foundHelpful: raw.foundHelpful === 1,
  createdAt: toDate(raw.createdAt),
  updatedAt: toDate(raw.updatedAt),
});

const starsColumn = (stars: Stars) => `stars${stars}` as const;

/** @param options.batched histograms that are asked for in one turn of the event loop are read together: not inside a transaction */
export function ratingsRepository(db: Queryable, options: { batched?: boolean } = {}): RatingsRepository {
  return {
    histogram: options.batched ? batchedByTurn((ids) => readHistograms(db, ids)) : async (sellerId) => (await readHistograms(db, [sellerId])).get(sellerId) ?? null,

    async moveStars(sellerId, from, to) {
      await db.prisma.user.updateMany({
        where: { id: sellerId },
        data: { ...(from ? { [starsColumn(from)]: { decrement: 1 } } : {}), ...(to ? { [starsColumn(to)]: { increment: 1 } } : {}) },
      });
    },

    async findById(id, viewerId) {
      const [row] = await db.read<RawRating>(Prisma.sql`SELECT ${RATING_COLUMNS} ${ratingTables(viewerId)} WHERE r.Id = ${id}`);
      return row ? toRow(row) : null;
    },

    async findByPair(sellerId, raterId) {
      const [row] = await db.read<{ id: number }>(Prisma.sql`SELECT Id AS id FROM SellerRatings WHERE SellerId = ${sellerId} AND RaterId = ${raterId}`);
      return row?.id ?? null;
    },

    async list(query) {
      const columns = SORTS[query.sort];
      const conditions = where([
        Prisma.sql`r.SellerId = ${query.sellerId}`,
        query.stars !== undefined && Prisma.sql`r.Rating = ${query.stars}`,
        query.withComment && Prisma.sql`r.Comment IS NOT NULL`,
        query.after && after(columns, query.after),
      ]);
      const rows = await db.read<RawRating>(
        Prisma.sql`SELECT ${RATING_COLUMNS} ${ratingTables(query.viewerId)} ${conditions} ${orderBy(columns)} ${limit(db.engine, query.limit)}`,
      );
      return rows.map(toRow);
    },

    async listByRater(raterId, rows, keys) {
      const conditions = where([Prisma.sql`r.RaterId = ${raterId}`, keys && after(newestFirst, keys)]);
      const found = await db.read<RawRating>(
        Prisma.sql`SELECT ${RATING_COLUMNS} ${ratingTables(raterId)} ${conditions} ${orderBy(newestFirst)} ${limit(db.engine, rows)}`,
      );
      return found.map(toRow);
    },

    async insert(rating: NewRating, at) {
      try {
        return await insertReturningId(db, 'SellerRatings', {
          SellerId: rating.sellerId,
          RaterId: rating.raterId,
          Rating: rating.rating,
          Comment: rating.comment,
          OrderId: rating.orderId,
          Source: 'purchase',
          CreatedAt: at,
          UpdatedAt: at,
        });
      } catch (error) {
        throw isUniqueViolation(error) ? new AppError('ALREADY_RATED') : error;
      }
    },

    async update(id, version, change, at) {
      const { count } = await db.prisma.sellerRating.updateMany({ where: { id, version }, data: { ...change, version: { increment: 1 }, updatedAt: at } });
      return count === 1;
    },

    async delete(id, version) {
      // Claim the row first: a vote that arrives in between would otherwise hold on to it.
      const { count } = await db.prisma.sellerRating.updateMany({ where: { id, version }, data: { version: { increment: 1 } } });
      if (count !== 1) return false;
      await db.prisma.ratingHelpfulVote.deleteMany({ where: { ratingId: id } });
      await db.prisma.sellerRating.deleteMany({ where: { id } });
      return true;
    },

    async appendVersion(version: NewRatingVersion, at) {
      await db.prisma.sellerRatingVersion.createMany({ data: [{ ...version, at }] });
    },

    async versions(ratingId) {
      const rows = await db.prisma.sellerRatingVersion.findMany({ where: { ratingId }, orderBy: { version: 'asc' } });
      return rows as unknown as RatingVersionRow[];
    },

    async addHelpfulVote(ratingId, userId, at) {
      try {
        await db.prisma.ratingHelpfulVote.createMany({ data: [{ ratingId, userId, createdAt: at }] });
      } catch (error) {
        if (isUniqueViolation(error)) return false;
        throw error;
      }
      await db.prisma.sellerRating.updateMany({ where: { id: ratingId }, data: { helpfulCount: { increment: 1 } } });
      return true;
    },

    async removeHelpfulVote(ratingId, userId) {
      const { count } = await db.prisma.ratingHelpfulVote.deleteMany({ where: { ratingId, userId } });
      if (count === 1) await db.prisma.sellerRating.updateMany({ where: { id: ratingId }, data: { helpfulCount: { decrement: 1 } } });
      return count === 1;
    },
  };
}
