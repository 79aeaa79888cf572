import { tagsOf, type CacheTag, type InvalidationsRepository } from '@assay/core';
import type { Logger } from '../logger.ts';
import type { EventFeed } from '../realtime/event-feed.ts';
import type { SharedRedis } from '../services/redis.ts';
import type { SharedLevel } from './shared-level.ts';

/** Rows that are applied at a time. */
const PORTION = 200;
/** Grace period before another process may complete a pending invalidation. */
const LEFT_OVER_MS = 5000;

/**
 * Applies invalidations to the shared level and notes in SellerCacheInvalidations that they are: who was first with an event
 * notes it, once a second. What could not be applied stays pending there, and is applied when Redis is back, by any process.
 */
export function appliedEvents({
  shared,
  redis,
  feed,
  invalidations,
  log,
}: {
  shared: SharedLevel | null;
  redis: SharedRedis | null;
  feed: EventFeed;
  invalidations: InvalidationsRepository;
  log: Logger;
}) {
  let done: number[] = [];
  let recovering: Promise<void> | null = null;
  let waiting: (() => void)[] = [];

  const apply = async (id: number, tags: readonly CacheTag[]) => {
    if (!shared || (await shared.invalidate(id, tags))) done.push(id);
  };
  const flush = async () => {
    const ids = done;
    done = [];
    if (ids.length === 0) return;
    try {
      await invalidations.complete(ids, new Date());
    } catch (error) {
      done.push(...ids);
      log.warn({ err: error }, 'could not note which invalidations are applied');
    }
  };
  /** Applies what is pending. Returns how many rows; null when Redis was lost meanwhile. */
  const applyPending = async (before: Date): Promise<number | null> => {
    for (let total = 0; ;) {
      const rows = await invalidations.pending(PORTION, before);
      if (shared) {
        const outcomes = await Promise.all(rows.map((row) => shared.invalidate(row.id, tagsOf(row))));
        if (outcomes.includes(null)) return null;
      }
      await invalidations.complete(
        rows.map(({ id }) => id),
        new Date(),
      );
      total += rows.length;
      if (rows.length < PORTION) return total;
    }
  };

  const recover = async (always: boolean) => {
    if (!shared) return;
    const doubts = shared.doubts();
    try {
      await shared.renewAll(always);
      const rows = await applyPending(new Date(Date.now() + 86_400_000)); // clocks differ: all of them
      if (rows === null || !shared.recovered(doubts)) return;
      log.info({ rows }, 'the shared cache is used');
      for (const wake of waiting.splice(0)) wake();
    } catch (error) {
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'the shared cache is not used yet');
    }
  };
  const recoverIfNeeded = async () => {
    if (!shared || !redis?.isUp() || !feed.isStarted() || shared.state() === 'up') return;
    recovering ??= recover(shared.state() === 'failing').finally(() => (recovering = null));
    await recovering;
  };
  redis?.onReady((again) => {
    if (again) shared!.distrust();
    void recoverIfNeeded();
  });

  return {
    apply,
    flush,
    async tick() {
      await flush();
      await recoverIfNeeded();
    },
    async completeLeftOver(): Promise<number> {
      if (shared && shared.state() !== 'up') return 0; // they are applied when it is back
      return (await applyPending(new Date(Date.now() - LEFT_OVER_MS))) ?? 0;
    },
    /** Resolves when the shared level may be used. */
    async ready(): Promise<void> {
      if (shared?.state() === 'up') return;
      const used = new Promise<void>((resolve) => waiting.push(resolve));
      void recoverIfNeeded();
      await used;
    },
  };
}
