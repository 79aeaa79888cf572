import { z } from 'zod';
import { ALERT_KINDS, ALERT_STATUSES, MAINTENANCE_KINDS, MAINTENANCE_STATUSES } from './choices.ts';
import { Id, Timestamp } from './common.ts';
import { HistogramView, RatingSummary } from './ratings.ts';
import { text } from './text.ts';

/** How an endpoint, or all of them, answered in a stretch of time. */
export const ResponseFigures = z.object({
  requests: z.int(),
  /** Answers with status 500 and above. */
  errors: z.int(),
  /** 0 to 1; null without requests. */
  errorRate: z.number().nullable(),
  /** Milliseconds, from a histogram: the upper end of the bucket, interpolated; null without requests. */
  p95Ms: z.number().nullable(),
});
export type ResponseFigures = z.infer<typeof ResponseFigures>;

export const AlertView = z.object({
  id: z.int(),
  kind: z.enum(ALERT_KINDS),
  /** The seller it is about, if it is about one. */
  sellerId: z.int().nullable(),
  title: z.string(),
  evidence: z.string(),
  status: z.enum(ALERT_STATUSES),
  openedAt: Timestamp,
  lastSeenAt: Timestamp,
  acknowledgedAt: Timestamp.nullable(),
  acknowledgedBy: z.string().nullable(),
  closedAt: Timestamp.nullable(),
  /** Null while it is open, and where the condition went away by itself. */
  closedBy: z.string().nullable(),
  note: z.string().nullable(),
});
export type AlertView = z.infer<typeof AlertView>;

export const CloseAlertInput = z.object({ id: Id, note: text({ name: 'The note', max: 500 }).nullable().optional() });

/** A run of verification or recalculation, begun by the schedule or from the console. */
export const MaintenanceRunView = z.object({
  id: z.int(),
  kind: z.enum(MAINTENANCE_KINDS),
  status: z.enum(MAINTENANCE_STATUSES),
  /** Null for the schedule. */
  requestedBy: z.string().nullable(),
  requestedAt: Timestamp,
  startedAt: Timestamp.nullable(),
  finishedAt: Timestamp.nullable(),
  /** Accounts to look at, and looked at. */
  total: z.int(),
  done: z.int(),
  wrong: z.int(),
  corrected: z.int(),
  message: z.string().nullable(),
});
export type MaintenanceRunView = z.infer<typeof MaintenanceRunView>;

export const RequestMaintenanceInput = z.object({ kind: z.enum(MAINTENANCE_KINDS) });

/** A seller whose stored counts are not what their ratings say. */
export const DiscrepancyView = z.object({
  sellerId: z.int(),
  sellerName: z.string(),
  stored: HistogramView,
  counted: HistogramView,
  /** Days of the windows that differ too. */
  wrongDays: z.int(),
});
export type DiscrepancyView = z.infer<typeof DiscrepancyView>;

/** Everything that the operators' page shows. */
export const OperationsDashboard = z.object({
  at: Timestamp,
  realTime: z.object({
    ratingsLastHour: z.int(),
    /** Ratings in the same hour of the seven days before, on average. */
    usualPerHour: z.number(),
    ratingsToday: z.int(),
    ratingsYesterday: z.int(),
    /** Oldest first, 24 of them; the last one is not over. */
    perHour: z.array(z.object({ from: Timestamp, ratings: z.int() })),
    averageTrend: z.array(z.object({ day: Timestamp, ratings: z.int(), average: z.number().nullable() })),
    lastHour: ResponseFigures,
    lastDay: ResponseFigures,
    /** Busiest first, of the last hour. */
    endpoints: z.array(ResponseFigures.extend({ endpoint: z.string() })),
  }),
  daily: z.object({
    totalRatings: z.int(),
    activeRaters30Days: z.int(),
    participation: z.object({ raters: z.int(), users: z.int(), rate: z.number().nullable() }),
    distribution: HistogramView,
    topSellers: z.array(z.object({ id: z.int(), name: z.string(), summary: RatingSummary, lowerBound: z.number() })),
    perDay: z.array(z.object({ day: Timestamp, ratings: z.int() })),
    perWeek: z.array(z.object({ week: Timestamp, ratings: z.int(), average: z.number().nullable() })),
  }),
  sellers: z.int(),
  discrepancies: z.object({ at: Timestamp.nullable(), sellers: z.int(), found: z.array(DiscrepancyView) }),
  alerts: z.array(AlertView),
  runs: z.array(MaintenanceRunView),
});
export type OperationsDashboard = z.infer<typeof OperationsDashboard>;

export const RepairInput = z.object({ sellerId: Id });

/** One goal of the documents and how far it is met. */
export const Goal = z.object({
  id: z.enum(['participation', 'average', 'error-rate', 'p95', 'inconsistencies', 'rated-sellers', 'satisfaction']),
  name: z.string(),
  aim: z.string(),
  /** Null where there is nothing to measure yet. */
  value: z.number().nullable(),
  /** The value for people, and what it rests on. */
  shown: z.string(),
  basis: z.string(),
  met: z.boolean().nullable(),
});
export const SuccessReport = z.object({
  at: Timestamp,
  days: z.union([z.literal(30), z.literal(90)], { error: 'The report covers 30 or 90 days.' }),
  from: Timestamp,
  goals: z.array(Goal),
  met: z.int(),
  unknown: z.int(),
});
export type SuccessReport = z.infer<typeof SuccessReport>;
export const SuccessReportQuery = z.object({ days: z.literal([30, 90], { error: 'Say 30 or 90 days.' }).default(30) });
