import { randomUUID } from 'node:crypto';
import type { CacheStats } from '@assay/contract';
import { tagsOf, type CacheEntry, type CacheTag, type InvalidationsRepository, type SellerCache } from '@assay/core';
import type { Logger } from '../logger.ts';
import type { EventFeed } from '../realtime/event-feed.ts';
import type { SharedRedis } from '../services/redis.ts';
import { appliedEvents } from './applied-events.ts';
import { rateOf, recentHits } from './hit-rate.ts';
import { frozen, keysOf, parseCached } from './part-keys.ts';
import { processLevel } from './process-level.ts';
import { sharedFigures } from './shared-figures.ts';
import { sharedLevel } from './shared-level.ts';

/** No reader is served what was replaced longer ago than this, in milliseconds. */
export const STALE_MAX_MS = 1000;
/** Lives differ by as much: what was loaded together is not missed together. */
const JITTER = 0.1;
const TICK_MS = 1000;
const FIGURES_EVERY = 10;

export interface SellerCacheManager extends SellerCache {
  /** `off` where it is switched off, `degraded` while its Redis is away or not trusted yet. */
  health(): CacheStats['state'];
  /** How many reads the hit rate is about: those of the last five minutes. */
  recentReads(): number;
  /** Resolves when the shared level is used: in a process that reads events. */
  ready(): Promise<void>;
  /** Completes what no process has completed: one died between a commit and its invalidation, or Redis was away. */
  completeLeftOver(): Promise<number>;
  close(): Promise<void>;
}

export interface CacheOptions {
  /** Seconds; 0 switches it off. */
  ttlS: number;
  keyPrefix: string;
  /** Settings that are in what is kept: another value has other keys. */
  keySalt?: string;
  /** The off switch, asked with each read. */
  enabled?: () => boolean | Promise<boolean>;
}

interface Parts {
  feed: EventFeed;
  redis: SharedRedis | null;
  invalidations: InvalidationsRepository;
  log: Logger;
}

/** Two levels, this process and Redis, kept right by the event feed: ADR 20 has the reasons. */
export function sellerCacheManager({ feed, redis, invalidations, log }: Parts, options: CacheOptions): SellerCacheManager {
  const self = randomUUID();
  const keyOf = keysOf(options.keySalt ?? '');
  const ttlMs = options.ttlS * 1000;
  const local = processLevel<CacheTag>();
  const shared = redis && sharedLevel(redis, options.keyPrefix, ttlMs);
  const figures = redis && sharedFigures(redis, options.keyPrefix, self);
  const applied = appliedEvents({ shared, redis, feed, invalidations, log });
  const recent = recentHits();
  const counts = { localHits: 0, localMisses: 0, sharedHits: 0, sharedMisses: 0, bypasses: 0, invalidations: 0 };
  const flights = new Map<string, { since: number; value: Promise<object> }>();
  const background = new Set<Promise<unknown>>();

  let switchedOn = true;
  const isOn = async () => {
    if (options.enabled) switchedOn = await options.enabled();
    return ttlMs > 0 && switchedOn;
  };
  const lifeMs = () => ttlMs * (1 - JITTER * Math.random());
  const inBackground = (work: Promise<unknown>) => {
    background.add(work);
    void work.finally(() => background.delete(work));
  };

  const stopListening = feed.on(({ event: { id }, invalidation }) => {
    if (!invalidation) return;
    counts.invalidations++;
    const tags = tagsOf(invalidation);
    local.invalidate(tags);
    inBackground(applied.apply(id, tags));
  });

  /** Does this process know everything that this reader has to see? While the database does not answer, memory is not used. */
  const isInformed = async (exact: boolean): Promise<boolean> =>
    (!exact && performance.now() - feed.knownUntil() <= STALE_MAX_MS) || (await feed.catchUp());

  /** From the shared level, or else by `load`; kept in both. */
  const fill = async <T extends object>(entry: CacheEntry, key: string, since: number, load: () => Promise<T>): Promise<T> => {
    const { part, tags } = entry;
    let stamp: string | null = null;
    if (shared?.mayUse(tags)) {
      const taken = await shared.take(key, tags).catch(() => null);
      const kept = taken?.text ? parseCached(part, taken.text) : null;
      if (taken?.text && kept) {
        counts.sharedHits++;
        recent.add(true);
        local.set(key, { value: frozen(kept), tags, since, characters: taken.text.length }, taken.ttlMs);
        return kept as T;
      }
      counts.sharedMisses++;
      stamp = taken?.stamp ?? null;
    }
    recent.add(false);
    let text: string | null = null;
    try {
      const value = frozen(await load());
      text = JSON.stringify(value);
      const life = lifeMs();
      local.set(key, { value, tags, since, characters: text.length }, life);
      return value;
    } finally {
      if (shared && stamp !== null) inBackground(shared.keep(key, stamp, text, lifeMs()));
    }
  };

  let ticks = 0;
  const timer = setInterval(() => {
    if (!feed.isStarted()) return;
    inBackground(Promise.all([applied.tick(), isOn()]));
    if (figures && ticks++ % FIGURES_EVERY === 0) inBackground(figures.publish(recent.sum()));
  }, TICK_MS).unref();

  const health = (): CacheStats['state'] => (ttlMs === 0 || !switchedOn ? 'off' : shared?.state() === 'failing' ? 'degraded' : 'up');
  return {
    async read<T extends object>(entry: CacheEntry, { exact }: { exact: boolean }, load: () => Promise<T>): Promise<T> {
      if (!(await isOn()) || !(await isInformed(exact))) {
        counts.bypasses++;
        return load();
      }
      const key = keyOf(entry);
      const kept = local.get(key);
      if (kept) {
        counts.localHits++;
        recent.add(true);
        return kept as T;
      }
      counts.localMisses++;
      const flight = flights.get(key);
      // Another request loads it already. It may have begun before a write that this reader has to see.
      if (flight && local.isCurrent(entry.tags, flight.since)) return flight.value as Promise<T>;
      const since = local.now();
      const value = fill(entry, key, since, load).finally(() => {
        if (flights.get(key)?.value === value) flights.delete(key);
      });
      flights.set(key, { since, value });
      return value;
    },

    stats: () => ({
      state: health(),
      hitRate: rateOf(recent.sum()),
      ttlS: options.ttlS,
      process: { hits: counts.localHits, misses: counts.localMisses, ...local.size() },
      shared: shared && { hits: counts.sharedHits, misses: counts.sharedMisses },
      bypasses: counts.bypasses,
      invalidations: counts.invalidations,
    }),

    recentReads: () => {
      const { hits, misses } = recent.sum();
      return hits + misses;
    },
    everywhere: () => figures?.read().catch(() => null) ?? Promise.resolve(null),

    async inspect(entries) {
      const views = entries.map(async (entry) => {
        const key = keyOf(entry);
        const there = (await shared?.look(key, entry.tags).catch(() => null)) ?? null;
        return [viewOf(key, 'process', local.look(key)), ...(shared ? [viewOf(key, 'shared', there)] : [])];
      });
      return (await Promise.all(views)).flat();
    },

    health,
    ready: () => applied.ready(),
    completeLeftOver: () => applied.completeLeftOver(),

    async close() {
      clearInterval(timer);
      stopListening();
      while (background.size > 0) await Promise.allSettled(background);
      if (feed.isStarted()) await applied.flush();
    },
  };
}

function viewOf(key: string, level: 'process' | 'shared', found: { current: boolean; characters: number; expiresInMs: number } | null) {
  return {
    key,
    level,
    state: !found ? ('absent' as const) : found.current ? ('current' as const) : ('invalidated' as const),
    characters: found?.characters ?? null,
    expiresInS: found ? Math.round(found.expiresInMs / 100) / 10 : null,
  };
}
