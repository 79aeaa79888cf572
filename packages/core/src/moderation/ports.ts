import type { DECISIONS, ReportReason, Stars, StrikeReason } from '@assay/contract';
import type { RatingRow } from '../ratings/ports.ts';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly moderation: ModerationRepository;
  }
}

export interface NewReport {
  ratingId: number;
  reporterId: number;
  reason: ReportReason;
  detail: string | null;
}

export interface ReportRow extends NewReport {
  id: number;
  reporterName: string;
  createdAt: Date;
}

/** A rating that was struck out, as it was when it counted. */
export interface StruckRow {
  ratingId: number;
  sellerId: number;
  sellerName: string;
  raterId: number;
  raterName: string;
  rating: Stars;
  comment: string | null;
  purchase: string | null;
  source: 'purchase' | 'imported';
  orderId: number | null;
  /** Of the history's entry that says that it was struck out. */
  version: number;
  createdAt: Date;
  struckAt: Date;
  reason: StrikeReason;
  statement: string;
}

export interface NewDecision {
  ratingId: number;
  sellerId: number;
  raterId: number;
  rating: Stars;
  comment: string | null;
  action: (typeof DECISIONS)[number];
  reason: StrikeReason | null;
  statement: string;
  decidedBy: number;
}

export interface DecisionRow extends NewDecision {
  id: number;
  sellerName: string;
  raterName: string;
  at: Date;
  /** It is the last word about this rating. */
  latest: boolean;
  appeal: { id: number; appellantId: number; text: string; at: Date; status: 'open' | 'granted' | 'denied' } | null;
}

export interface AppealRow {
  id: number;
  decisionId: number;
  appellantId: number;
  appellantName: string;
  text: string;
  createdAt: Date;
}

export interface AuditQueryRow {
  action?: string;
  entity?: string;
  entityId?: string;
  limit: number;
  /** Id of the last entry of the page before. */
  before?: number;
}

export interface AuditEntryRow {
  id: number;
  at: Date;
  actorName: string | null;
  actorKind: string;
  action: string;
  entity: string;
  entityId: string;
  detail: string | null;
  requestId: string | null;
  addressPrefix: string | null;
}

export interface ModerationRepository {
  /** A report, or once more where an earlier one has been answered. @throws AppError ALREADY_REPORTED */
  insertReport(report: NewReport, at: Date): Promise<void>;
  /** Reports that no decision has answered, oldest first. */
  openReports(limit: number): Promise<ReportRow[]>;
  /** Of these ratings, those that the user has ever reported. */
  reportedBy(userId: number, ratingIds: readonly number[]): Promise<Set<number>>;
  countOpen(): Promise<{ reported: number; appeals: number; struck: number }>;
  /** Answers all open reports on a rating. */
  answerReports(ratingId: number, decisionId: number): Promise<void>;
  /** How many ratings each of them gave that count, and how many were struck out. */
  records(raterIds: number[]): Promise<Map<number, { given: number; struck: number }>>;

  insertDecision(decision: NewDecision, at: Date): Promise<number>;
  findDecision(id: number): Promise<DecisionRow | null>;
  /** Newest first: those about ratings that the user gave or received. */
  decisionsOf(userId: number, limit: number): Promise<DecisionRow[]>;

  /** Moves a rating out of those that count. False when it is not at `version` any more. Its votes and its reply wait. */
  strike(rating: RatingRow, decisionId: number, at: Date): Promise<boolean>;
  findStruck(ratingId: number): Promise<StruckRow | null>;
  /** Moves it back under its own id and one version on, with its votes and its reply. False when it is not struck any more. @throws AppError ALREADY_RATED */
  restore(ratingId: number): Promise<boolean>;
  /** A seller's, newest strike first. */
  struckOf(sellerId: number, limit: number): Promise<StruckRow[]>;
  recentlyStruck(limit: number): Promise<StruckRow[]>;

  /** @throws AppError ALREADY_APPEALED */
  insertAppeal(decisionId: number, appellantId: number, text: string, at: Date): Promise<number>;
  openAppeals(limit: number): Promise<AppealRow[]>;
  findOpenAppeal(id: number): Promise<AppealRow | null>;
  /** Answers every open appeal about a rating. @param by a moderator, who does not answer appeals against their own decisions */
  closeAppealsAbout(ratingId: number, status: 'granted' | 'denied', by?: number): Promise<void>;
  /** Opens the appeal against the latest decision about a rating again that was granted without another decision: by withdrawing the rating. */
  reopenAppealAbout(ratingId: number): Promise<void>;
  /** Of these ratings, those with an appeal against a decision of the user that is open, or whose answer is the latest decision. */
  appealedAgainst(userId: number, ratingIds: readonly number[]): Promise<Set<number>>;
  /** False when it was decided already. */
  closeAppeal(id: number, status: 'granted' | 'denied'): Promise<boolean>;

  audit(query: AuditQueryRow): Promise<AuditEntryRow[]>;
}
