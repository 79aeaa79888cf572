import { z } from 'zod';
import { Cursor, Flag, Id, pageSize, Timestamp } from './common.ts';
import { COMMENT_MAX, RATING_SORTS, STARS, type Stars } from './figures.ts';
import { text } from './text.ts';

const STARS_MESSAGE = 'A rating is 1, 2, 3, 4 or 5 stars.';
const StarsInput = z
  .int({ error: STARS_MESSAGE })
  .min(1, STARS_MESSAGE)
  .max(5, STARS_MESSAGE)
  .transform((stars) => stars as Stars);
/** One number of stars in a filter. */
export const StarsFilter = z.literal(STARS, { error: STARS_MESSAGE });
/** Empty means no comment. */
const CommentInput = text({ name: 'A comment', max: COMMENT_MAX, multiline: true }).nullable();

export const SubmitRatingInput = z
  .object({ sellerId: Id, rating: StarsInput, comment: CommentInput.optional(), orderId: Id.optional() })
  .meta({ id: 'SubmitRatingInput', example: { sellerId: 1, rating: 5, comment: 'Packed in wool, not plastic.' } });
export type SubmitRatingInput = z.infer<typeof SubmitRatingInput>;

export const EditRatingInput = z
  .object({ rating: StarsInput.optional(), comment: CommentInput.optional() })
  .refine((input) => input.rating !== undefined || input.comment !== undefined, 'Say what changes: the rating, the comment or both.')
  .meta({ id: 'EditRatingInput', example: { rating: 4 } });
export type EditRatingInput = z.infer<typeof EditRatingInput>;

/** How many ratings have 1, 2, 3, 4 and 5 stars. */
export const HistogramView = z.object({ 1: z.int(), 2: z.int(), 3: z.int(), 4: z.int(), 5: z.int() });

export const RatingSummary = z
  .object({
    sellerId: z.int(),
    sellerRating: z
      .number()
      .nullable()
      .describe('Plain average to hundredths, half up, and 5 only where every rating has 5 stars; null without ratings.'),
    badgeAverage: z
      .number()
      .nullable()
      .describe('Plain average as every badge shows it: cut to tenths, so that 4.99 is 4.9; null for a new seller.'),
    totalRatings: z.int(),
    positiveRatings: z.int(),
    positivePercent: z
      .int()
      .nullable()
      .describe('Share of 4 and 5 stars as whole percent, half up; 100 only where all are positive, 0 only where none is.'),
    histogram: HistogramView,
    isNewSeller: z.boolean(),
  })
  .meta({ id: 'RatingSummary' });
export type RatingSummary = z.infer<typeof RatingSummary>;

export const RatingView = z
  .object({
    id: z.int(),
    sellerId: z.int(),
    sellerName: z.string(),
    /** First name and initial. */
    raterName: z.string(),
    rating: z.int(),
    comment: z.string().nullable(),
    /** purchase: rests on a completed order. imported: came with a file. */
    source: z.enum(['purchase', 'imported']),
    verified: z
      .boolean()
      .describe('Shown as "Verified purchase": it rests on a completed order, and not on a payment of the test provider.'),
    refunded: z.boolean().describe('Shown as "Refunded": its order was refunded in full later. The rating counts all the same.'),
    /** What was bought; null for imported ratings. */
    purchase: z.string().nullable(),
    orderId: z.int().nullable().describe('Only for the rater.'),
    helpfulCount: z.int(),
    foundHelpful: z.boolean().describe('Did the caller find it helpful?'),
    edited: z.boolean(),
    mine: z.boolean(),
    /** What the seller answered, for everybody to read. */
    reply: z
      .object({
        text: z.string(),
        at: Timestamp,
        edited: z.boolean(),
        /** The rating was changed after the reply. */
        toEarlierVersion: z.boolean(),
      })
      .nullable(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'Rating' });
export type RatingView = z.infer<typeof RatingView>;

export const ListRatingsQuery = z.object({
  sort: z.enum(RATING_SORTS, { error: 'Sort by newest, highest, lowest or helpful.' }).default('newest'),
  stars: StarsFilter.optional(),
  withComment: Flag.optional(),
  limit: pageSize(10, 100),
  cursor: Cursor.optional(),
});
export type ListRatingsQuery = z.infer<typeof ListRatingsQuery>;

export const RatingPage = z
  .object({ summary: RatingSummary, items: z.array(RatingView), nextCursor: z.string().nullable() })
  .meta({ id: 'RatingPage' });
export type RatingPage = z.infer<typeof RatingPage>;

export const MyRatingsQuery = z.object({ limit: pageSize(20, 100), cursor: Cursor.optional() });
export type MyRatingsQuery = z.infer<typeof MyRatingsQuery>;
export const MyRatingsPage = z.object({ items: z.array(RatingView), nextCursor: z.string().nullable() }).meta({ id: 'MyRatingsPage' });
export type MyRatingsPage = z.infer<typeof MyRatingsPage>;

/** A rating that its author withdrew and may put back. */
export const WithdrawnRating = z
  .object({
    id: z.int(),
    sellerId: z.int(),
    sellerName: z.string(),
    rating: z.int(),
    comment: z.string().nullable(),
    withdrawnAt: Timestamp,
  })
  .meta({ id: 'WithdrawnRating' });
export type WithdrawnRating = z.infer<typeof WithdrawnRating>;

/** A rating as it is after a write, and the seller's numbers with it. */
export const RatingChange = RatingView.extend({ summary: RatingSummary }).meta({ id: 'RatingChange' });
export type RatingChange = z.infer<typeof RatingChange>;

/** Why a buyer cannot rate a seller, in the order in which it is checked. */
export const REFUSALS = [
  'UNAUTHENTICATED',
  'RATINGS_OFF',
  'SELLER_NOT_FOUND',
  'OWN_STORE',
  'ALREADY_RATED',
  'RATING_STRUCK',
  'NO_COMPLETED_ORDER',
] as const;
export type Refusal = (typeof REFUSALS)[number];

export const CanRate = z
  .object({
    canRate: z.boolean(),
    /** Null when allowed. */
    reason: z.enum(REFUSALS).nullable(),
    message: z.string(),
    /** The completed order that the rating would rest on. */
    orderId: z.int().nullable(),
    /** The caller's live rating of this seller. A rating after a new purchase takes its place. */
    ratingId: z.int().nullable(),
  })
  .meta({ id: 'CanRate' });
export type CanRate = z.infer<typeof CanRate>;

export const RatingVersionView = z
  .object({
    version: z.int(),
    /** replaced: rated anew after another purchase. struck, restored: by a moderator. */
    action: z.enum(['submitted', 'edited', 'withdrawn', 'imported', 'replaced', 'struck', 'restored']),
    rating: z.int(),
    /** Earlier comments are shown to their author only. */
    comment: z.string().nullable(),
    at: Timestamp,
  })
  .meta({ id: 'RatingVersion' });
export type RatingVersionView = z.infer<typeof RatingVersionView>;
