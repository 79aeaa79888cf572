import type { AlertKind, AlertStatus, AlertView, Histogram, MaintenanceKind, MaintenanceStatus } from '@assay/contract';
import type { DayCounts } from '../insights/ports.ts';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly metrics: MetricsRepository;
    readonly alerts: AlertsRepository;
    readonly maintenance: MaintenanceRepository;
  }
}

declare module '../kernel/context.ts' {
  interface Services {
    /** Receives alerts; null where the operator has configured none. */
    readonly alertSink: AlertSink | null;
  }
}

/** Upper ends of the buckets that answers are counted in, in milliseconds; the last bucket has none. */
export const LATENCY_BUCKETS_MS = [25, 50, 100, 250, 500, 1000, 2500] as const;

/** What one process answered at one endpoint in a few seconds. */
export interface RequestSample {
  endpoint: string;
  requests: number;
  /** Answers with status 500 and above. */
  errors: number;
  /** One more than {@link LATENCY_BUCKETS_MS}. */
  buckets: number[];
}

/** A seller whose ratings of this hour are compared with those before. */
export interface RatingPace {
  sellerId: number;
  sellerName: string;
  thisHour: number;
  before: number;
}

export interface MetricsRepository {
  countRatings(from: Date, to: Date): Promise<number>;
  /** By hour since 1 January 1970. */
  ratingsPerHour(from: Date): Promise<{ hour: number; ratings: number }[]>;
  /** All sellers together, oldest day first. */
  ratingsPerDay(fromDay: number): Promise<DayCounts[]>;
  countRatedSellers(): Promise<number>;
  totals(): Promise<{ histogram: Histogram; users: number; sellers: number; raters: number }>;
  countRaters(from: Date): Promise<number>;
  /** Best first, by the lower bound. */
  topSellers(limit: number): Promise<{ id: number; name: string; histogram: Histogram; lowerBound: number }[]>;
  /** Sellers with ratings in the hour from `hour` on, and how many they got between `from` and then. */
  ratingPaces(hour: Date, from: Date): Promise<RatingPace[]>;

  saveSamples(samples: RequestSample[], at: Date): Promise<void>;
  /** Sums since `from`, by endpoint, busiest first. */
  requests(from: Date): Promise<RequestSample[]>;
  /** Adds the samples before that moment up to one for each hour and endpoint. */
  condenseSamples(before: Date): Promise<void>;
  /** Deletes samples, published events and ended sessions that nobody needs any more, a few thousand at a time. Returns how many. */
  forget(before: { samples: Date; events: Date; sessions: Date }): Promise<number>;

  /** What the success report is made of, since `from`. */
  successFacts(from: Date): Promise<{
    buyers: number;
    buyersWhoRated: number;
    ratings: Histogram;
    activeSellers: number;
    activeSellersRated: number;
    feedback: { answers: number; sum: number };
  }>;
}

export interface NewAlert {
  kind: AlertKind;
  /** What it is about: there is one alert about a thing at a time. */
  key: string;
  sellerId: number | null;
  title: string;
  evidence: string;
}

export interface AlertRow extends NewAlert {
  id: number;
  status: AlertStatus;
  openedAt: Date;
  lastSeenAt: Date;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  closedAt: Date | null;
  closedBy: string | null;
  note: string | null;
}

export interface AlertsRepository {
  /** Opens it, or says that it is seen again. Returns whether it is new. */
  raise(alert: NewAlert, at: Date): Promise<boolean>;
  /** Not closed first, newest first. */
  list(limit: number): Promise<AlertRow[]>;
  find(id: number): Promise<AlertRow | null>;
  /** Those whose condition is not over, closed ones among them. */
  ongoing(): Promise<AlertRow[]>;
  /** The condition is over: the next time it is a new alert. */
  release(id: number): Promise<void>;
  /** How many are not closed, by kind. */
  countUnclosed(): Promise<{ kind: AlertKind; alerts: number }[]>;
  /** False when it is not open. */
  acknowledge(id: number, userId: number, at: Date): Promise<boolean>;
  /** False when it is closed. `userId` is null when the condition went away by itself. */
  close(id: number, userId: number | null, note: string | null, at: Date): Promise<boolean>;
  /** Those that are not closed and that the sink has not taken yet, oldest first. */
  undelivered(limit: number): Promise<AlertRow[]>;
  markDelivered(id: number, at: Date): Promise<void>;
}

/** Takes an alert somewhere, a webhook for instance. */
export interface AlertSink {
  /**
   * @param requestId of the job that offers it, to find it in the log again
   * @throws Error when it was not taken: it is offered again later
   */
  send(alert: AlertView, requestId: string, stop: AbortSignal): Promise<void>;
}

export interface Verification {
  at: Date;
  sellers: number;
  /** And not corrected since. */
  wrong: number;
  /** The first hundred. */
  findings: Finding[];
}

/** A seller who was wrong when the scores were compared. */
export interface Finding {
  sellerId: number;
  stored: Histogram;
  counted: Histogram;
  wrongDays: number;
}

export interface MaintenanceRow {
  id: number;
  kind: MaintenanceKind;
  status: MaintenanceStatus;
  requestedBy: string | null;
  requestedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  total: number;
  done: number;
  wrong: number;
  corrected: number;
  message: string | null;
}

/** A run that a process has taken, and what asked for it. */
export interface ClaimedRun extends MaintenanceRow {
  /** Null when nobody's request did: an older version of the product, or a command. */
  requestId: string | null;
  /** Where that is traced, for whoever traces the run. */
  traceParent: string | null;
}

export type MaintenanceProgress = Pick<MaintenanceRow, 'total' | 'done' | 'wrong' | 'corrected'>;

export interface MaintenanceRepository {
  /** The run of that kind that is not over, or a new one. */
  request(kind: MaintenanceKind, userId: number | null, at: Date): Promise<number>;
  /** Takes the oldest run that waits, or one that was not heard of since `staleBefore`; null when there is none. */
  claim(holder: string, at: Date, staleBefore: Date): Promise<ClaimedRun | null>;
  /** "I am still at it." False when it is not the holder's any more: paused, or taken over by somebody else. */
  beat(id: number, holder: string, at: Date): Promise<boolean>;
  /** Notes how far it is. False as above. */
  progress(id: number, holder: string, progress: MaintenanceProgress, at: Date): Promise<boolean>;
  /** False as above. */
  finish(
    id: number,
    holder: string,
    end: { status: 'done' | 'failed'; findings: readonly Finding[]; message: string | null },
    at: Date,
  ): Promise<boolean>;
  /** False when it is not in that state. */
  move(id: number, from: MaintenanceStatus, to: MaintenanceStatus): Promise<boolean>;
  find(id: number): Promise<MaintenanceRow | null>;
  /** Newest first. */
  list(limit: number): Promise<MaintenanceRow[]>;
  lastVerification(): Promise<Verification | null>;
  /** Notes that a seller whom the last verification found has been corrected. */
  settle(sellerId: number): Promise<void>;

  /** May this process do that work now? Whoever is told yes does it, and nobody else for `everyMs`. */
  lease(name: string, holder: string, everyMs: number, at: Date): Promise<boolean>;
}
