import {
  AppError,
  type NewRating,
  type RatingQuery,
  type RatingRow,
  type RatingsRepository,
  type RatingVersionRow,
  type Standing,
} from '@assay/core';
import { batchedByTurn } from '../engine/batch.ts';
import { limit, Prisma, returning, type Queryable } from '../engine/database.ts';
import { isUniqueViolation, updateOrInsert } from '../engine/errors.ts';
import { insert, insertReturningId } from '../engine/insert.ts';
import { contains } from '../engine/like.ts';
import { after, orderBy, type SortColumn, where } from '../engine/keyset.ts';
import { toDate, type RawDate } from '../engine/values.ts';
import { moveDays, starChanges } from './rating-days.ts';
import { readHistograms, toHistogram, type RawHistogram } from './histogram.ts';

type RawRating = Omit<RatingRow, 'createdAt' | 'updatedAt' | 'foundHelpful' | 'reply'> & {
  replyText: string | null;
  replyAt: RawDate | null;
  replyVersion: number;
  createdAt: RawDate;
  updatedAt: RawDate;
  foundHelpful: number;
};

const RATING_COLUMNS = Prisma.sql`
  r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NULL THEN 0 ELSE 1 END AS foundHelpful, r.CreatedAt AS createdAt, r.UpdatedAt AS updatedAt,
  y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion`;

/** `viewerId` may be null: then nobody's votes are marked. */
const ratingTables = (viewerId: number | null) => Prisma.sql`
  FROM SellerRatings r
  JOIN Users s ON s.Id = r.SellerId
  JOIN Users u ON u.Id = r.RaterId
  LEFT JOIN Orders o ON o.Id = r.OrderId
  LEFT JOIN RatingReplies y ON y.RatingId = r.Id
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

const toRow = ({ replyText, replyAt, replyVersion, ...raw }: RawRating): RatingRow => ({
  ...raw,
  reply: replyText === null ? null : { text: replyText, at: toDate(replyAt!), version: replyVersion },
  foundHelpful: raw.foundHelpful === 1,
  createdAt: toDate(raw.createdAt),
  updatedAt: toDate(raw.updatedAt),
});

/** @param options.batched histograms that are asked for in one turn of the event loop are read together: not inside a transaction */
export function ratingsRepository(db: Queryable, options: { batched?: boolean } = {}): RatingsRepository {
  return {
    histogram: options.batched
      ? batchedByTurn((ids) => readHistograms(db, ids))
      : async (sellerId) => (await readHistograms(db, [sellerId])).get(sellerId) ?? null,

    async moveStars(sellerId, from, to) {
      const changes = starChanges(from?.rating, to?.rating);
      const counts = returning(db.engine, { s1: 'Stars1', s2: 'Stars2', s3: 'Stars3', s4: 'Stars4', s5: 'Stars5' });
      const [row] = await db.writeReturning<RawHistogram>(
        Prisma.sql`UPDATE Users SET ${changes} ${counts.output} WHERE Id = ${sellerId} ${counts.returning}`,
      );
      if (!row) throw new Error(`There is no user ${sellerId} whose stars could be moved.`);
      await moveDays(db, sellerId, from, to); // nobody else moves this seller's: the row of Users is locked
      return toHistogram(row);
    },

    async findById(id, viewerId) {
      const [row] = await db.read<RawRating>(Prisma.sql`SELECT ${RATING_COLUMNS} ${ratingTables(viewerId)} WHERE r.Id = ${id}`);
      return row ? toRow(row) : null;
    },

    async standing(sellerId, raterId, orderId) {
      const thatOne = orderId === undefined ? Prisma.empty : Prisma.sql`AND o.Id = ${orderId}`;
      const [row] = await db.read<Omit<Standing, 'struck'> & { struck: number }>(Prisma.sql`
        SELECT x.sellerName AS sellerName, x.raterName AS raterName, x.ratingId AS ratingId, x.struck AS struck, x.orderId AS orderId, p.Title AS purchase
        FROM (
          SELECT s.FullName AS sellerName, u.FullName AS raterName,
            (SELECT r.Id FROM SellerRatings r WHERE r.SellerId = s.Id AND r.RaterId = u.Id) AS ratingId,
            CASE WHEN k.RatedOrder IS NULL THEN 0 ELSE 1 END AS struck,
            (SELECT MAX(o.Id) FROM Orders o WHERE o.BuyerId = u.Id AND o.SellerId = s.Id AND o.Status = 'completed' ${thatOne}
              AND o.Id > COALESCE((SELECT r.OrderId FROM SellerRatings r WHERE r.SellerId = s.Id AND r.RaterId = u.Id), 0)
              AND o.Id > COALESCE(k.RatedOrder, 0)) AS orderId
          FROM Users s JOIN Users u ON u.Id = ${raterId}
          LEFT JOIN (
            SELECT t.RaterId, MAX(COALESCE(t.OrderId, 0)) AS RatedOrder FROM StruckRatings t
            WHERE t.SellerId = ${sellerId} AND t.RaterId = ${raterId} GROUP BY t.RaterId
          ) k ON k.RaterId = u.Id
          WHERE s.Id = ${sellerId}
        ) x
        LEFT JOIN Orders p ON p.Id = x.orderId`);
      return row ? { ...row, struck: row.struck === 1 } : null;
    },

    async list(query) {
      const columns = SORTS[query.sort];
      const conditions = where([
        Prisma.sql`r.SellerId = ${query.sellerId}`,
        query.stars !== undefined && Prisma.sql`r.Rating = ${query.stars}`,
        (query.withComment || query.unanswered) && Prisma.sql`r.Comment IS NOT NULL`,
        query.unanswered && Prisma.sql`y.RatingId IS NULL`,
        query.search !== undefined &&
          query.search !== '' &&
          Prisma.sql`(${contains(Prisma.sql`r.Comment`, query.search)} OR ${contains(Prisma.sql`o.Title`, query.search)})`,
        query.after && after(columns, query.after),
      ]);
      const rows = await db.read<RawRating>(
        Prisma.sql`SELECT ${RATING_COLUMNS} ${ratingTables(query.viewerId)} ${conditions} ${orderBy(columns)} ${limit(db.engine, query.limit)}`,
      );
      return rows.map(toRow);
    },

    async marksOf(ratingIds, viewerId) {
      const rows = await db.read<{ id: number; mine: number; orderId: number | null; foundHelpful: number }>(Prisma.sql`
        SELECT r.Id AS id, CASE WHEN r.RaterId = ${viewerId} THEN 1 ELSE 0 END AS mine, r.OrderId AS orderId,
          CASE WHEN v.UserId IS NULL THEN 0 ELSE 1 END AS foundHelpful
        FROM SellerRatings r LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = ${viewerId}
        WHERE r.Id IN (${Prisma.join([...ratingIds])}) AND (r.RaterId = ${viewerId} OR v.UserId IS NOT NULL)`);
      return rows.map(({ id, mine, orderId, foundHelpful }) => ({
        id,
        mine: mine === 1,
        orderId: mine === 1 ? orderId : null,
        foundHelpful: foundHelpful === 1,
      }));
    },

    async ratedSellers(raterId) {
      const rows = await db.read<{ id: number }>(Prisma.sql`
        SELECT r.SellerId AS id FROM SellerRatings r WHERE r.RaterId = ${raterId}
        UNION SELECT k.SellerId AS id FROM StruckRatings k WHERE k.RaterId = ${raterId}`);
      return rows.map(({ id }) => id);
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

    async update(id, version, { rating, comment }, at) {
      const changed = await db.write(
        Prisma.sql`UPDATE SellerRatings SET Rating = ${rating}, Comment = ${comment}, Version = Version + 1, UpdatedAt = ${at} WHERE Id = ${id} AND Version = ${version}`,
      );
      return changed === 1;
    },

    hold: async (id, version) =>
      (await db.write(Prisma.sql`UPDATE SellerRatings SET Version = Version WHERE Id = ${id} AND Version = ${version}`)) === 1,

    async replace(id, version, { rating, comment, orderId }, at) {
      const changed = await db.write(Prisma.sql`
        UPDATE SellerRatings SET Rating = ${rating}, Comment = ${comment}, OrderId = ${orderId}, Source = 'purchase', ImportRunId = NULL,
          Version = Version + 1, HelpfulCount = 0, CreatedAt = ${at}, UpdatedAt = ${at}
        WHERE Id = ${id} AND Version = ${version}`);
      if (changed === 1) await db.write(Prisma.sql`DELETE FROM RatingHelpfulVotes WHERE RatingId = ${id}`);
      return changed === 1;
    },

    async delete(id, version) {
      if ((await db.write(Prisma.sql`DELETE FROM SellerRatings WHERE Id = ${id} AND Version = ${version}`)) !== 1) return false;
      await db.write(Prisma.sql`DELETE FROM RatingHelpfulVotes WHERE RatingId = ${id}`);
      await db.write(Prisma.sql`DELETE FROM RatingReplies WHERE RatingId = ${id}`);
      return true;
    },

    appendVersion: ({ ratingId, sellerId, raterId, version, action, rating, comment, orderId, actorId }, at) =>
      insert(db, 'SellerRatingHistory', {
        RatingId: ratingId,
        SellerId: sellerId,
        RaterId: raterId,
        Version: version,
        Action: action,
        Rating: rating,
        Comment: comment,
        OrderId: orderId,
        ActorId: actorId,
        At: at,
      }),

    async versions(ratingId) {
      const rows = await db.prisma.sellerRatingVersion.findMany({ where: { ratingId }, orderBy: { version: 'asc' } });
      return rows as unknown as RatingVersionRow[];
    },

    async saveReply({ ratingId, sellerId, text }, at) {
      await updateOrInsert(
        () =>
          db.write(
            Prisma.sql`UPDATE RatingReplies SET Text = ${text}, Version = Version + 1, UpdatedAt = ${at} WHERE RatingId = ${ratingId}`,
          ),
        () => insert(db, 'RatingReplies', { RatingId: ratingId, SellerId: sellerId, Text: text, CreatedAt: at, UpdatedAt: at }),
      );
    },

    async addHelpfulVote(ratingId, userId, at) {
      try {
        await db.prisma.ratingHelpfulVote.createMany({ data: [{ ratingId, userId, createdAt: at }] });
      } catch (error) {
        if (isUniqueViolation(error)) return false;
        throw error;
      }
      const { count } = await db.prisma.sellerRating.updateMany({ where: { id: ratingId }, data: { helpfulCount: { increment: 1 } } });
      if (count === 0) throw new AppError('RATING_NOT_FOUND');
      return true;
    },

    async removeHelpfulVote(ratingId, userId) {
      const { count } = await db.prisma.ratingHelpfulVote.deleteMany({ where: { ratingId, userId } });
      if (count === 1) await db.prisma.sellerRating.updateMany({ where: { id: ratingId }, data: { helpfulCount: { decrement: 1 } } });
      return count === 1;
    },
  };
}
