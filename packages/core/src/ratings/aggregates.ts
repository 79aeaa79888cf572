import type { Histogram } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly aggregates: AggregatesRepository;
  }
}

/** Which sellers a recount looks at. */
export type RecountScope = { kind: 'all' } | { kind: 'seller'; sellerId: number } | { kind: 'since'; at: Date };

/** A seller whose stored counts are not what their ratings say. */
export interface Discrepancy {
  sellerId: number;
  stored: Histogram;
  counted: Histogram;
  /** Days of the windows whose counts differ. */
  wrongDays: number;
}

export interface RecalculationRun {
  id: number;
  /** Everybody of the scope up to this id is done. */
  lastSellerId: number;
  checked: number;
  corrected: number;
}

/** A stretch of ids: greater than `after`, up to and with `upTo`. */
export interface IdRange {
  after: number;
  upTo: number;
}

/** Set-based counting and setting of the sellers' star counts. */
export interface AggregatesRepository {
  /** How many accounts a recount of that scope has before it. */
  remaining(scope: RecountScope, after: number): Promise<number>;
  /** The next stretch of at most `size` accounts; null when there is none left. */
  nextStretch(scope: RecountScope, after: number, size: number): Promise<(IdRange & { accounts: number }) | null>;
  /** Locks these counts until the transaction ends. Ratings that are under way wait, and add themselves afterwards. */
  lock(stretch: IdRange): Promise<void>;
  /** Who is wrong: all of it, or one stretch, by one statement for the totals and one for the days. */
  findDiscrepancies(scope: RecountScope, stretch?: IdRange): Promise<Discrepancy[]>;
  setCounts(corrections: Discrepancy[]): Promise<void>;
  /** The unfinished run of that scope, or a new one. */
  openRun(scope: RecountScope, at: Date): Promise<RecalculationRun>;
  /** False when the run is not where `from` says: another process does the same. */
  advanceRun(from: RecalculationRun, to: RecalculationRun): Promise<boolean>;
  finishRun(runId: number, at: Date): Promise<void>;
}
