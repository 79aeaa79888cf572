import type { PaymentStatus } from '@assay/contract';
import { AppError, TEST_PROVIDER, type NewRating, type RatingQuery, type RatingRow, type RatingsRepository } from '@assay/core';
import { batchedByTurn } from '../engine/batch.ts';
import { limit, Prisma, returning, type Queryable } from '../engine/database.ts';
import { insertUnlessThere, refuseDuplicate, updateOrInsert } from '../engine/errors.ts';
import { insert, insertReturningId, insertWithId } from '../engine/insert.ts';
import { contains } from '../engine/like.ts';
import { after, orderBy, type SortColumn, where } from '../engine/keyset.ts';
import { bool, columns, computed, outer, present } from '../engine/rows.ts';
import type { NewRow } from '../engine/tables.ts';
import { readHistograms, toHistogram, type Counts } from './histogram.ts';
import { moveDays, starChanges } from './rating-days.ts';

/** What a rating says of its order's payment: what a chargeback took for good counts as refunded. */
const RATED_PAYMENT = computed<PaymentStatus | null>(Prisma.sql`CASE
  WHEN p.Status = 'captured' AND p.RefundedE8 + p.ChargedBackE8 >= p.AmountE8
    AND EXISTS (SELECT 1 FROM Chargebacks c WHERE c.OrderId = p.OrderId AND c.Status = 'lost') THEN 'refunded'
  ELSE p.Status END`);
/** An order whose payment moved money; orders from before there were payments count as such. */
const WITH_MONEY = Prisma.sql`(p.Provider IS NULL OR p.Provider <> ${TEST_PROVIDER})`;

const RATING = columns(
  {
    r: 'SellerRatings',
    s: 'Users',
    u: 'Users',
    o: outer('Orders'),
    p: outer('Payments'),
    y: outer('RatingReplies'),
    v: outer('RatingHelpfulVotes'),
  },
  {
    id: 'r.Id',
    sellerId: 'r.SellerId',
    sellerName: 's.FullName',
    raterId: 'r.RaterId',
    raterName: 'u.FullName',
    rating: 'r.Rating',
    comment: 'r.Comment',
    source: 'r.Source',
    verified: bool(Prisma.sql`r.Source = 'purchase' AND ${WITH_MONEY}`),
    payment: RATED_PAYMENT,
    orderId: 'r.OrderId',
    purchase: 'o.Title',
    version: 'r.Version',
    helpfulCount: 'r.HelpfulCount',
    foundHelpful: bool(Prisma.sql`v.UserId IS NOT NULL`),
    createdAt: 'r.CreatedAt',
    updatedAt: 'r.UpdatedAt',
    replyText: 'y.Text',
    replyAt: present('y.UpdatedAt'),
    replyVersion: present('y.Version'),
  },
  ({ replyText, replyAt, replyVersion, ...row }): RatingRow => ({
    ...row,
    reply: replyText === null ? null : { text: replyText, at: replyAt, version: replyVersion },
  }),
);
const LAST_VERSION = columns({ h: 'SellerRatingHistory' }, { id: 'h.RatingId', version: 'h.Version', action: 'h.Action' });
const VERSION = columns(
  { h: 'SellerRatingHistory' },
  {
    ratingId: 'h.RatingId',
    sellerId: 'h.SellerId',
    raterId: 'h.RaterId',
    version: 'h.Version',
    action: 'h.Action',
    rating: 'h.Rating',
    comment: 'h.Comment',
    orderId: 'h.OrderId',
    actorId: 'h.ActorId',
    at: 'h.At',
  },
);
const WITHDRAWN = columns(
  { h: 'SellerRatingHistory', s: 'Users' },
  { id: 'h.RatingId', sellerId: 'h.SellerId', sellerName: 's.FullName', rating: 'h.Rating', comment: 'h.Comment', at: 'h.At' },
);
const MARK = columns(
  { r: 'SellerRatings', v: outer('RatingHelpfulVotes') },
  { id: 'r.Id', raterId: 'r.RaterId', orderId: 'r.OrderId', foundHelpful: bool(Prisma.sql`v.UserId IS NOT NULL`) },
);
/** An order that its buyer may rate: it was completed, or its dispute is closed. A dispute that is opened later takes nothing away. */
const RATEABLE = Prisma.sql`(o.Status IN ('completed', 'resolved') OR (o.Status = 'disputed' AND o.CompletedAt IS NOT NULL))`;
const STANDING = columns(
  { o: outer('Orders'), p: outer('Payments') },
  {
    sellerName: computed<string>(Prisma.sql`x.sellerName`),
    raterName: computed<string>(Prisma.sql`x.raterName`),
    ratingId: computed<number | null>(Prisma.sql`x.ratingId`),
    struck: bool(Prisma.sql`x.struck = 1`),
    orderId: computed<number | null>(Prisma.sql`x.orderId`),
    purchase: 'o.Title',
    verified: bool(WITH_MONEY),
    payment: RATED_PAYMENT,
  },
);

/** Without a `viewerId` no votes are marked. */
const ratingTables = (viewerId: number | null) => Prisma.sql`
  FROM SellerRatings r
  JOIN Users s ON s.Id = r.SellerId
  JOIN Users u ON u.Id = r.RaterId
  LEFT JOIN Orders o ON o.Id = r.OrderId
  LEFT JOIN Payments p ON p.OrderId = r.OrderId
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

const newRow = ({ sellerId, raterId, rating, comment, orderId }: NewRating, at: Date): NewRow<'SellerRatings'> => ({
  SellerId: sellerId,
  RaterId: raterId,
  Rating: rating,
  Comment: comment,
  OrderId: orderId,
  Source: 'purchase',
  CreatedAt: at,
  UpdatedAt: at,
});

/** @param options.batched histograms that are asked for in one turn of the event loop are read together: not inside a transaction */
export function ratingsRepository(db: Queryable, options: { batched?: boolean } = {}): RatingsRepository {
  return {
    histogram: options.batched
      ? batchedByTurn((ids) => readHistograms(db, ids))
      : async (sellerId) => (await readHistograms(db, [sellerId])).get(sellerId) ?? null,

    async shiftCounts(sellerId, from, to) {
      const changes = starChanges(from?.rating, to?.rating);
      const counts = returning(db.engine, { s1: 'Stars1', s2: 'Stars2', s3: 'Stars3', s4: 'Stars4', s5: 'Stars5' });
      const [row] = await db.writeReturning<Counts>(
        Prisma.sql`UPDATE Users SET ${changes} ${counts.output} WHERE Id = ${sellerId} ${counts.returning}`,
      );
      if (!row) throw new Error(`There is no user ${sellerId} whose counts could change.`);
      await moveDays(db, sellerId, from, to); // the UPDATE has locked the row of Users
      return toHistogram(row);
    },

    findById: (id, viewerId) => RATING.first(db, Prisma.sql`${ratingTables(viewerId)} WHERE r.Id = ${id}`),

    ratingEligibility(sellerId, raterId, orderId) {
      const thatOne = orderId === undefined ? Prisma.empty : Prisma.sql`AND o.Id = ${orderId}`;
      const pair = Prisma.sql`
        FROM (
          SELECT s.FullName AS sellerName, u.FullName AS raterName,
            (SELECT r.Id FROM SellerRatings r WHERE r.SellerId = s.Id AND r.RaterId = u.Id) AS ratingId,
            CASE WHEN k.RatedOrder IS NULL THEN 0 ELSE 1 END AS struck,
            (SELECT MAX(o.Id) FROM Orders o WHERE o.BuyerId = u.Id AND o.SellerId = s.Id AND ${RATEABLE} ${thatOne}
              AND o.Id > COALESCE((SELECT r.OrderId FROM SellerRatings r WHERE r.SellerId = s.Id AND r.RaterId = u.Id), 0)
              AND o.Id > COALESCE(k.RatedOrder, 0)) AS orderId
          FROM Users s JOIN Users u ON u.Id = ${raterId}
          LEFT JOIN (
            SELECT t.RaterId, MAX(COALESCE(t.OrderId, 0)) AS RatedOrder FROM StruckRatings t
            WHERE t.SellerId = ${sellerId} AND t.RaterId = ${raterId} GROUP BY t.RaterId
          ) k ON k.RaterId = u.Id
          WHERE s.Id = ${sellerId}
        ) x
        LEFT JOIN Orders o ON o.Id = x.orderId
        LEFT JOIN Payments p ON p.OrderId = x.orderId`;
      return STANDING.first(db, pair);
    },

    list(query) {
      const order = SORTS[query.sort];
      const conditions = where([
        Prisma.sql`r.SellerId = ${query.sellerId}`,
        query.stars !== undefined && Prisma.sql`r.Rating = ${query.stars}`,
        (query.withComment || query.unanswered) && Prisma.sql`r.Comment IS NOT NULL`,
        query.unanswered && Prisma.sql`y.RatingId IS NULL`,
        query.search !== undefined &&
          query.search !== '' &&
          Prisma.sql`(${contains(Prisma.sql`r.Comment`, query.search)} OR ${contains(Prisma.sql`o.Title`, query.search)})`,
        query.after && after(order, query.after),
      ]);
      return RATING.read(db, Prisma.sql`${ratingTables(query.viewerId)} ${conditions} ${orderBy(order)} ${limit(db.engine, query.limit)}`);
    },

    async viewerMarks(ratingIds, viewerId) {
      const rows = await MARK.read(
        db,
        Prisma.sql`FROM SellerRatings r LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = ${viewerId}
          WHERE r.Id IN (${Prisma.join([...ratingIds])}) AND (r.RaterId = ${viewerId} OR v.UserId IS NOT NULL)`,
      );
      return rows.map(({ raterId, orderId, ...mark }) => ({
        ...mark,
        mine: raterId === viewerId,
        orderId: raterId === viewerId ? orderId : null,
      }));
    },

    async ratedSellers(raterId) {
      const rows = await db.read<{ id: number }>(Prisma.sql`
        SELECT r.SellerId AS id FROM SellerRatings r WHERE r.RaterId = ${raterId}
        UNION SELECT k.SellerId AS id FROM StruckRatings k WHERE k.RaterId = ${raterId}`);
      return rows.map(({ id }) => id);
    },

    listByRater(raterId, rows, keys) {
      const conditions = where([Prisma.sql`r.RaterId = ${raterId}`, keys && after(newestFirst, keys)]);
      return RATING.read(db, Prisma.sql`${ratingTables(raterId)} ${conditions} ${orderBy(newestFirst)} ${limit(db.engine, rows)}`);
    },

    withdrawnBy: (raterId, rows) =>
      WITHDRAWN.read(
        db,
        Prisma.sql`FROM SellerRatingHistory h JOIN Users s ON s.Id = h.SellerId
          WHERE h.RaterId = ${raterId} AND h.Action = 'withdrawn'
            AND NOT EXISTS (SELECT 1 FROM SellerRatingHistory l WHERE l.SellerId = h.SellerId AND l.RaterId = h.RaterId AND l.Id > h.Id)
          ${orderBy([{ column: Prisma.sql`h.Id`, descending: true }])} ${limit(db.engine, rows)}`,
      ),

    async findWithdrawn(sellerId, raterId) {
      const last = await LAST_VERSION.first(
        db,
        Prisma.sql`FROM SellerRatingHistory h WHERE h.SellerId = ${sellerId} AND h.RaterId = ${raterId} ORDER BY h.Id DESC ${limit(db.engine, 1)}`,
      );
      return last?.action === 'withdrawn' ? { id: last.id, version: last.version } : null;
    },

    insert: (rating, at) => refuseDuplicate('ALREADY_RATED', () => insertReturningId(db, 'SellerRatings', newRow(rating, at))),
    insertAgain: ({ id, version }, rating, at) =>
      refuseDuplicate('ALREADY_RATED', () => insertWithId(db, 'SellerRatings', id, { ...newRow(rating, at), Version: version + 1 })),

    async update(id, version, { rating, comment }, at) {
      const changed = await db.write(
        Prisma.sql`UPDATE SellerRatings SET Rating = ${rating}, Comment = ${comment}, Version = Version + 1, UpdatedAt = ${at} WHERE Id = ${id} AND Version = ${version}`,
      );
      return changed === 1;
    },

    lock: async (id, version) =>
      (await db.write(Prisma.sql`UPDATE SellerRatings SET Version = Version WHERE Id = ${id} AND Version = ${version}`)) === 1,

    async replace(id, version, { rating, comment, ...origin }, at) {
      const source =
        origin.orderId === null
          ? Prisma.sql`OrderId = NULL, Source = 'imported', ImportRunId = ${origin.importRunId}`
          : Prisma.sql`OrderId = ${origin.orderId}, Source = 'purchase', ImportRunId = NULL`;
      const changed = await db.write(Prisma.sql`
        UPDATE SellerRatings SET Rating = ${rating}, Comment = ${comment}, ${source},
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

    versions: (ratingId) => VERSION.read(db, Prisma.sql`FROM SellerRatingHistory h WHERE h.RatingId = ${ratingId} ORDER BY h.Version`),

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
      const data = [{ ratingId, userId, createdAt: at }];
      if (!(await insertUnlessThere(() => db.prisma.ratingHelpfulVote.createMany({ data })))) return false;
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
