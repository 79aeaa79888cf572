import { z } from 'zod';
import { REPORT_REASONS, STRIKE_REASONS } from './choices.ts';
import { Cursor, Id, pageSize, Timestamp } from './common.ts';
import { RatingView } from './ratings.ts';
import { text } from './text.ts';

export const ReportRatingInput = z
  .object({
    ratingId: Id,
    reason: z.enum(REPORT_REASONS, { error: 'Choose a reason.' }),
    detail: text({ name: 'The explanation', max: 1000, multiline: true }).nullable().optional(),
  })
  .meta({ id: 'ReportRatingInput', example: { ratingId: 1, reason: 'personal-data', detail: 'It names my street.' } });
export type ReportRatingInput = z.infer<typeof ReportRatingInput>;

/** What both sides get to read: the facts and the rule behind a decision. */
const Statement = text({ name: 'The statement of reasons', min: 10, max: 1000, multiline: true });

export const StrikeInput = z.object({ ratingId: Id, reason: z.enum(STRIKE_REASONS, { error: 'Choose a reason.' }), statement: Statement });
export type StrikeInput = z.infer<typeof StrikeInput>;

export const RestoreStruckInput = z.object({ ratingId: Id, statement: Statement });
export type RestoreStruckInput = z.infer<typeof RestoreStruckInput>;

/** The rating stays as it is. */
export const DismissReportsInput = z.object({ ratingId: Id, statement: Statement });
export type DismissReportsInput = z.infer<typeof DismissReportsInput>;

export const AppealInput = z.object({ decisionId: Id, text: text({ name: 'An appeal', min: 10, max: 1000, multiline: true }) });
export type AppealInput = z.infer<typeof AppealInput>;

export const DecideAppealInput = z.object({
  appealId: Id,
  grant: z.boolean(),
  /** By which rule a rating is struck out, where granting means that. */
  reason: z.enum(STRIKE_REASONS, { error: 'Choose a reason.' }).optional(),
  statement: Statement,
});
export type DecideAppealInput = z.infer<typeof DecideAppealInput>;

export const ReportView = z.object({
  id: z.int(),
  reason: z.enum(REPORT_REASONS),
  detail: z.string().nullable(),
  reporterName: z.string(),
  bySeller: z.boolean(),
  at: Timestamp,
});

/** Why the caller may not decide, as an error code: they are part of the case, or made the decision that is appealed. */
export const CONFLICTS = ['OWN_CASE', 'OWN_DECISION'] as const;
export type Conflict = (typeof CONFLICTS)[number];
const conflict = z.enum(CONFLICTS).nullable().describe('Why another admin has to decide; null where the caller may.');

/** A reported rating, with all its open reports. */
export const QueueItem = z.object({
  rating: RatingView,
  /** Full name: moderators must know whom they deal with. */
  raterFullName: z.string(),
  reports: z.array(ReportView),
  /** Ratings that this rater gave, and how many of them were struck. */
  raterRecord: z.object({ given: z.int(), struck: z.int() }),
  conflict,
});
export type QueueItem = z.infer<typeof QueueItem>;

/** A rating that is visible and does not count. */
export const StruckRatingView = z
  .object({
    id: z.int(),
    sellerId: z.int(),
    sellerName: z.string(),
    raterName: z.string(),
    rating: z.int(),
    comment: z.string().nullable().describe('Withheld where it was struck out for personal data, or as unlawful.'),
    purchase: z.string().nullable(),
    source: z.enum(['purchase', 'imported']),
    createdAt: Timestamp,
    struckAt: Timestamp,
    reason: z.enum(STRIKE_REASONS),
    statement: z.string(),
  })
  .meta({ id: 'StruckRating' });
export type StruckRatingView = z.infer<typeof StruckRatingView>;

export const DECISIONS = ['struck', 'restored', 'dismissed', 'appeal-granted', 'appeal-denied'] as const;

/** A decision about a rating, with its reasons, as both sides get to read it. */
export const DecisionView = z
  .object({
    id: z.int(),
    ratingId: z.int(),
    sellerId: z.int(),
    sellerName: z.string(),
    raterName: z.string(),
    stars: z.int(),
    comment: z.string().nullable(),
    action: z.enum(DECISIONS),
    reason: z.enum(STRIKE_REASONS).nullable(),
    statement: z.string(),
    at: Timestamp,
    /** How the caller stands to the rating. */
    you: z.enum(['rater', 'seller', 'moderator']),
    /** The caller may appeal: once for each decision, within 30 days, while it is the latest about this rating. */
    mayAppeal: z.boolean(),
    /** Its text is for its author and the moderators. */
    appeal: z.object({ id: z.int(), text: z.string().nullable(), at: Timestamp, status: z.enum(['open', 'granted', 'denied']) }).nullable(),
  })
  .meta({ id: 'Decision' });
export type DecisionView = z.infer<typeof DecisionView>;

export const AppealView = z.object({
  id: z.int(),
  text: z.string(),
  at: Timestamp,
  appellantName: z.string(),
  bySeller: z.boolean(),
  decision: DecisionView,
  conflict,
});
export type AppealView = z.infer<typeof AppealView>;

export const ModerationCounts = z.object({ reported: z.int(), appeals: z.int(), struck: z.int() });
export type ModerationCounts = z.infer<typeof ModerationCounts>;

export const ModerationQueue = z.object({
  items: z.array(QueueItem),
  appeals: z.array(AppealView),
  struck: z.array(StruckRatingView.extend({ conflict })),
  counts: ModerationCounts,
});
export type ModerationQueue = z.infer<typeof ModerationQueue>;

export const AuditQuery = z.object({
  /** Begins with: "rating." finds every act on ratings. */
  action: text({ name: 'An action', max: 60 }).optional(),
  /** What the id is of: "order". */
  entity: text({ name: 'An entity', max: 60 }).optional(),
  entityId: text({ name: 'An id', max: 60 }).optional(),
  limit: pageSize(50, 200),
  cursor: Cursor.optional(),
});
export type AuditQuery = z.infer<typeof AuditQuery>;

export const AuditEntryView = z.object({
  id: z.int(),
  at: Timestamp,
  actor: z.string().describe('A name, or the command or job that acted.'),
  action: z.string(),
  entity: z.string(),
  entityId: z.string(),
  detail: z.string().nullable(),
  requestId: z.string().nullable(),
  addressPrefix: z
    .string()
    .nullable()
    .describe('The network that the request came from, such as 203.0.113.0/24; null for commands and jobs.'),
});
export type AuditEntryView = z.infer<typeof AuditEntryView>;
export const AuditPage = z.object({ items: z.array(AuditEntryView), nextCursor: z.string().nullable() });
export type AuditPage = z.infer<typeof AuditPage>;
