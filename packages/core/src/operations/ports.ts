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
  interface Settings {
    /** Alerts are sent to the operator's sink. */
    readonly sendsAlerts: boolean;
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
  countUsers(): Promise<number>;
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
  /** Deletes samples, published events and ended sessions after their retention period, a few thousand at a time. Returns how many. */
  purge(before: { samples: Date; events: Date; sessions: Date }): Promise<number>;

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
  /** Opens it, or notes that it is seen again. Returns its id when it is new, null otherwise. */
  raise(alert: NewAlert, at: Date): Promise<number | null>;
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
  /** Null when it is closed, or the sink has taken it. */
  findUndelivered(id: number): Promise<AlertRow | null>;
  markDelivered(id: number, at: Date): Promise<void>;
  /**
   * Alerts opened since then that wait for the sink without a task: an earlier version of the product opened them, or there was no sink
   * yet. Oldest first.
   */
  withoutTask(since: Date, limit: number): Promise<number[]>;
}

/** Takes an alert somewhere, a webhook for instance. */
export interface AlertSink {
  /**
   * @param requestId of the job that opened it, to find it in the log again
   * @throws Error when it was not taken: it is sent again later
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

export type MaintenanceProgress = Pick<MaintenanceRow, 'total' | 'done' | 'wrong' | 'corrected'>;

/** A process that uses the database. */
export interface ApiProcess {
  /** Its host and process id, and a part that no other process has. */
  holder: string;
  /** What it runs: the name of a release, or "checkout". */
  release: string;
  /** The end of the path of its deployment. */
  home: string;
}

export interface MaintenanceRepository {
  /** The run of that kind that is not over, or a new one. */
  request(kind: MaintenanceKind, userId: number | null, at: Date): Promise<{ id: number; isNew: boolean }>;
  /**
   * Begins it, or goes on where another process ended; a failed run is begun anew.
   * @param holder names this attempt: what another one does ends this one's part
   * @param staleBefore a process without progress since then has ended
   * @returns null when it is over or paused, or another one of its kind is open; 'held' while another process makes progress
   */
  begin(id: number, holder: string, at: Date, staleBefore: Date): Promise<MaintenanceRow | 'held' | null>;
  /** Notes how far it is. False when it is not the holder's any more: paused, or another process goes on with it. */
  progress(id: number, holder: string, progress: MaintenanceProgress, at: Date): Promise<boolean>;
  /** False as above. */
  finish(
    id: number,
    holder: string,
    end: { status: 'done' | 'failed'; findings: readonly Finding[]; message: string | null },
    at: Date,
  ): Promise<boolean>;
  /** Queued again, for another attempt. False as above. */
  release(id: number, holder: string): Promise<boolean>;
  /** Its attempts are used up. False when it is over, or paused. */
  fail(id: number, message: string, at: Date): Promise<boolean>;
  /** Runs that wait without a task, or whose process ended: an earlier version of the product queued them. */
  withoutTask(staleBefore: Date): Promise<number[]>;
  /** False when it is not in that state. */
  move(id: number, from: MaintenanceStatus, to: MaintenanceStatus): Promise<boolean>;
  find(id: number): Promise<MaintenanceRow | null>;
  /** Newest first. */
  list(limit: number): Promise<MaintenanceRow[]>;
  lastVerification(): Promise<Verification | null>;
  /** Notes that a seller whom the last verification found has been corrected. */
  settle(sellerId: number): Promise<void>;

  /** Writes that a process uses the database: health checks do, to find out whether it takes writes. */
  noteProcess(process: ApiProcess, at: Date): Promise<void>;
  /** A process has ended. */
  forgetProcess(holder: string): Promise<void>;
  /** The processes that were noted since a time. */
  processes(since: Date): Promise<ApiProcess[]>;
  /**
   * Claims a job for this process: true for one process in each `everyMs`, also where the last claim was for a longer time, or its clock
   * was ahead.
   */
  lease(name: string, holder: string, everyMs: number, at: Date): Promise<boolean>;
}
