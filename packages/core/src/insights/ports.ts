import type { Histogram, RatingVersionView, Stars, StrikeReason } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly insights: InsightsRepository;
  }
}

/** A seller's ratings that count, of one day. */
export interface DayCounts {
  /** Since 1 January 1970, in UTC. */
  day: number;
  histogram: Histogram;
}

/** One version in the history of a seller's ratings. */
export interface ScoreEventRow {
  id: number;
  at: Date;
  ratingId: number;
  action: RatingVersionView['action'];
  rating: Stars;
  /** Stars of the version before; null for the first one. */
  was: Stars | null;
  raterName: string;
}

export interface InsightsRepository {
  /** Oldest first; days without ratings may be missing. */
  days(sellerId: number): Promise<DayCounts[]>;
  /** What happened to a seller's ratings, newest first. */
  events(sellerId: number, limit: number): Promise<ScoreEventRow[]>;
  /** Ratings with a comment and without a reply. */
  countUnanswered(sellerId: number): Promise<number>;
  sources(sellerId: number): Promise<{ purchase: number; imported: number }>;
  struckByReason(sellerId: number): Promise<{ reason: StrikeReason; ratings: number }[]>;
  /** When the dashboard was looked at before this visit. */
  previousVisit(sellerId: number): Promise<Date | null>;
  /** Notes a visit. Looks that are less than `apartMs` apart are one. */
  visit(sellerId: number, at: Date, apartMs: number): Promise<void>;
  saveFeedback(userId: number, feature: string, score: number, at: Date): Promise<void>;
}
