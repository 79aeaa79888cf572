import type { CacheEntryView, CacheReport, CacheStats } from '@assay/contract';
import type { Invalidation } from './invalidations.ts';
import type { CacheEntry } from './parts.ts';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly invalidations: InvalidationsRepository;
  }
}

declare module '../kernel/context.ts' {
  interface Context {
    /** Keeps what is the same for all visitors: see `cached`. */
    readonly cache: SellerCache;
  }
}

/** Keeps what is the same for everybody, and what took many reads to find. */
export interface SellerCache {
  /**
   * What `load` gives, or gave before. What was committed more than a second before the question is in the answer; with
   * `exact` everything that was committed before it. Frozen: copy it to change it.
   * @throws what `load` throws; a failure is never kept
   */
  read<T extends object>(entry: CacheEntry, options: { exact: boolean }, load: () => Promise<T>): Promise<T>;
  stats(): CacheStats;
  /** All processes together; null where they share no level. */
  everywhere(): Promise<CacheReport['everywhere']>;
  /** Where these entries are kept. */
  inspect(entries: readonly CacheEntry[]): Promise<CacheEntryView[]>;
}

export interface InvalidationRow extends Invalidation {
  id: number;
  triggeredAt: Date;
  completedAt: Date | null;
}

/** SellerCacheInvalidations. `Tx.publish` writes them, beside the fact with the same id. */
export interface InvalidationsRepository {
  add(factId: number, invalidation: Invalidation, at: Date): Promise<void>;
  /** Those that were triggered before `before` and are not completed, oldest first. */
  pending(limit: number, before: Date): Promise<InvalidationRow[]>;
  countPending(): Promise<number>;
  last(): Promise<InvalidationRow | null>;
  /** Notes that caches know of them since then. Those that another process has completed stay as they are. */
  complete(ids: readonly number[], at: Date): Promise<void>;
}
