import { z } from 'zod';
import { WINDOW_NAMES } from './choices.ts';
import { Cursor, Flag, pageSize, Timestamp } from './common.ts';
import { HistogramView, RatingSummary, RatingView, StarsFilter } from './ratings.ts';
import { text } from './text.ts';

export const EstimateView = z.object({ mean: z.number(), low: z.number(), high: z.number() });
export const ChangeView = z.object({
  /** Stars, against the window before. */
  difference: z.number(),
  low: z.number(),
  high: z.number(),
  /** Its interval leaves zero out. */
  clear: z.boolean(),
});

export const WindowName = z.enum(WINDOW_NAMES, { error: 'A window is 30, 90, 365 or lifetime.' });
export type WindowName = z.infer<typeof WindowName>;

/** The ratings of one rolling window. */
export const WindowView = z
  .object({
    window: WindowName,
    /** First day that belongs to it; null for lifetime. */
    from: Timestamp.nullable(),
    histogram: HistogramView,
    totalRatings: z.int(),
    average: z.number().nullable().describe('Hundredths, half up, and 5 only where every rating has 5 stars.'),
    positivePercent: z.int().nullable(),
    estimate: EstimateView.nullable().describe('Average and 95 % interval, unrounded.'),
    change: ChangeView.nullable().describe('Against the window before; null for lifetime, or where one of the two is empty.'),
    averageBefore: z.number().nullable(),
  })
  .meta({ id: 'RatingWindow' });
export type WindowView = z.infer<typeof WindowView>;

/** How a score is made, with every number that it comes from. */
export const ScoreExplanation = z
  .object({
    sellerId: z.int(),
    sellerName: z.string(),
    at: Timestamp,
    summary: RatingSummary,
    words: z.array(z.string()).describe('The formula, step by step.'),
    /** All stars together. */
    sum: z.int(),
    /** Average to four places; "5.0000" only where every rating has 5 stars. */
    exact: z.string().nullable(),
    /** Tenths, cut: what the badge shows. */
    badgeAverage: z.number().nullable(),
    estimate: EstimateView.nullable(),
    ordering: z
      .object({
        /** Stars, to four places, rounded down. */
        lowerBound: z.number(),
        n: z.int(),
        sum: z.int(),
        squares: z.int(),
        z: z.number(),
      })
      .nullable()
      .describe('What lists are sorted by. n, sum and squares hold one more rating of each kind.'),
    sources: z.object({ purchase: z.int(), imported: z.int() }),
    struck: z.array(z.object({ reason: z.string(), ratings: z.int() })).describe('Visible, and not counted.'),
    windows: z.array(WindowView),
    verified: z
      .object({ at: Timestamp, sellers: z.int(), wrong: z.int() })
      .nullable()
      .describe('The last time that all scores were compared with their ratings.'),
  })
  .meta({ id: 'ScoreExplanation' });
export type ScoreExplanation = z.infer<typeof ScoreExplanation>;

/** One step of the trend. */
export const TrendPoint = z.object({
  from: Timestamp,
  /** Exclusive. */
  to: Timestamp,
  totalRatings: z.int(),
  estimate: EstimateView.nullable(),
});
export type TrendPoint = z.infer<typeof TrendPoint>;

/** Something that moved a score, or was said about a rating. */
export const ScoreEvent = z.object({
  id: z.int(),
  at: Timestamp,
  ratingId: z.int(),
  action: z.enum(['submitted', 'edited', 'withdrawn', 'imported', 'replaced', 'struck', 'restored']),
  raterName: z.string(),
  stars: z.int(),
  was: z.int().nullable().describe('Stars before, where the rating was changed.'),
  before: z.object({ average: z.string().nullable(), total: z.int() }),
  after: z.object({ average: z.string().nullable(), total: z.int() }),
});
export type ScoreEvent = z.infer<typeof ScoreEvent>;

export const DashboardQuery = z.object({ window: WindowName.default('365') });
export type DashboardQuery = z.infer<typeof DashboardQuery>;

/** A seller's own ratings at a glance. */
export const RatingDashboard = z.object({
  sellerId: z.int(),
  summary: RatingSummary,
  windows: z.array(WindowView),
  trend: z.object({ window: WindowName, points: z.array(TrendPoint) }),
  /** When the seller looked at it before this visit; null the first time. */
  lastVisitAt: Timestamp.nullable(),
  /** Since the last visit. */
  sinceLastVisit: z.object({ submitted: z.int(), changed: z.int(), removed: z.int(), badgeBefore: z.number().nullable() }).nullable(),
  events: z.array(ScoreEvent),
  unanswered: z.int().describe('Ratings with a comment and without a reply.'),
  verifiedAt: Timestamp.nullable(),
});
export type RatingDashboard = z.infer<typeof RatingDashboard>;

export const ReceivedRatingsQuery = z.object({
  q: text({ name: 'A search', max: 100 }).optional(),
  stars: StarsFilter.optional(),
  withComment: Flag.optional(),
  unanswered: Flag.optional().describe('Only those with a comment and without a reply.'),
  limit: pageSize(10, 100),
  cursor: Cursor.optional(),
});
export type ReceivedRatingsQuery = z.infer<typeof ReceivedRatingsQuery>;

export const ReceivedRatingsPage = z
  .object({ items: z.array(RatingView), nextCursor: z.string().nullable() })
  .meta({ id: 'ReceivedRatingsPage' });
export type ReceivedRatingsPage = z.infer<typeof ReceivedRatingsPage>;

export const ReplyInput = z
  .object({ text: text({ name: 'A reply', min: 1, max: 1000, multiline: true }) })
  .meta({ id: 'ReplyInput', example: { text: 'Thank you for writing again. All new bowls have a ground foot.' } });
export type ReplyInput = z.infer<typeof ReplyInput>;

/** How easy rating was: asked once after a rating. */
export const FeedbackInput = z.object({ score: z.int().min(1).max(5) }).meta({ id: 'FeedbackInput', example: { score: 5 } });
export type FeedbackInput = z.infer<typeof FeedbackInput>;
