import { randomUUID } from 'node:crypto';
import type { CacheTag } from '@assay/core';
import type { Reply, SharedRedis } from '../services/redis.ts';
import { INVALIDATE, KEEP, TAKE } from './shared-scripts.ts';

const LOCK_MS = 5000;
/** How long a reader waits for what another process loads, step by step; then it loads by itself. */
const WAITS_MS = [10, 20, 40, 80];
/** A process that hears of an event this late invalidates once more than needed. */
const MARK_MS = 60_000;

/** A text that is good now, or null: then it has to be loaded. The stamp is what it may be kept under. */
export interface Taken {
  stamp: string;
  text: string | null;
  ttlMs: number;
}

/**
 * The level that processes share, in Redis. An entry begins with the versions of its tags from before its load began, and is good
 * while all of them are the same; an invalidation gives a tag a new one. Nothing is taken from here before all that this process
 * knows of has been applied here.
 */
export interface SharedLevel {
  /** Whether an entry with these tags may be taken, or kept, now. */
  mayUse(tags: readonly CacheTag[]): boolean;
  /** @throws Error when Redis does not answer */
  take(key: string, tags: readonly CacheTag[]): Promise<Taken>;
  /** Keeps what was loaded under that stamp; without a value the next one may load. Never throws. */
  keep(key: string, stamp: string, text: string | null, ttlMs: number): Promise<void>;
  /** Applies an event. True if this process applied it first, false if another did; null when Redis is down: it stays pending. */
  invalidate(eventId: number, tags: readonly CacheTag[]): Promise<boolean | null>;
  /** Redis was lost, or is another one: nothing here counts until `recovered`. */
  distrust(): void;
  /** What has happened to trust so far: `recovered` wants the same again. */
  doubts(): number;
  /** Everybody forgets everything that is kept here, where `always`; else only if Redis was restarted since. @throws Error as above */
  renewAll(always: boolean): Promise<void>;
  /** All that was pending is applied. False when Redis was lost meanwhile. */
  recovered(doubts: number): boolean;
  state(): 'up' | 'new' | 'failing';
  look(key: string, tags: readonly CacheTag[]): Promise<{ current: boolean; characters: number; expiresInMs: number } | null>;
}

/** @param ttlMs life of entries: versions live longer */
export function sharedLevel(redis: SharedRedis, prefix: string, ttlMs: number): SharedLevel {
  const self = randomUUID();
  const versionTtl = String(2 * ttlMs + 60_000);
  let state: 'up' | 'new' | 'failing' = 'new';
  let doubts = 0;
  /** Names the run of the Redis server: what another run has kept may come from an old copy of its data. */
  let run = '';
  /** Tags of events that are on their way. */
  const onTheirWay = new Map<CacheTag, number>();

  const tagKey = (tag: CacheTag) => `${prefix}tag:${tag}`;
  const lockKey = (key: string) => `${prefix}lock:${key}`;
  const entryKey = (key: string) => `${prefix}${key}`;
  const newVersion = () => `${run}:${randomUUID().slice(0, 13)}`;
  const evaluate = (script: string, keys: string[], args: string[]): Promise<Reply> =>
    redis.send(['EVAL', script, String(keys.length), ...keys, ...args]);

  const count = (tags: readonly CacheTag[], by: 1 | -1) => {
    for (const tag of tags) {
      const next = (onTheirWay.get(tag) ?? 0) + by;
      if (next === 0) onTheirWay.delete(tag);
      else onTheirWay.set(tag, next);
    }
  };
  const distrust = () => {
    state = 'failing';
    doubts++;
  };
  const takeOnce = async (key: string, tags: readonly CacheTag[]) =>
    (await evaluate(TAKE, [entryKey(key), lockKey(key), ...tags.map(tagKey)], [newVersion(), versionTtl, self, String(LOCK_MS)])) as [
      'hit' | 'load' | 'wait',
      string,
      string?,
      number?,
    ];

  return {
    mayUse: (tags) => state === 'up' && redis.isUp() && tags.every((tag) => !onTheirWay.has(tag)),

    async take(key, tags) {
      for (let attempt = 0; ; attempt++) {
        const [kind, stamp, text = null, ttl = 0] = await takeOnce(key, tags);
        const wait = WAITS_MS[attempt];
        if (kind !== 'wait' || wait === undefined) return { stamp, text, ttlMs: ttl };
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    },

    async keep(key, stamp, text, ttl) {
      const value = text === null ? '' : stamp + text;
      try {
        await evaluate(KEEP, [entryKey(key), lockKey(key)], [value, String(Math.round(ttl)), stamp + self]);
      } catch {
        // Then it is loaded again.
      }
    },

    async invalidate(eventId, tags) {
      if (!redis.isUp()) {
        distrust();
        return null;
      }
      count(tags, 1);
      try {
        return (
          (await evaluate(INVALIDATE, [`${prefix}event:${eventId}`, ...tags.map(tagKey)], [newVersion(), versionTtl, String(MARK_MS)])) ===
          1
        );
      } catch {
        distrust();
        return null;
      } finally {
        count(tags, -1);
      }
    },

    distrust,
    doubts: () => doubts,
    async renewAll(always) {
      run = /^run_id:(\w+)/m.exec((await redis.send(['INFO', 'server'])) as string)?.[1]?.slice(0, 12) ?? 'unknown';
      const version = await redis.send(['GET', tagKey('all')]);
      const known = typeof version === 'string' && version.startsWith(`${run}:`);
      if (always || !known) await redis.send(['SET', tagKey('all'), newVersion(), 'PX', versionTtl]);
    },
    recovered(before) {
      if (doubts !== before) return false;
      state = 'up';
      return true;
    },
    state: () => (redis.isUp() ? state : 'failing'),

    async look(key, tags) {
      const [text, ttl, versions] = await Promise.all([
        redis.send(['GET', entryKey(key)]),
        redis.send(['PTTL', entryKey(key)]),
        redis.send(['MGET', ...tags.map(tagKey)]),
      ]);
      if (typeof text !== 'string') return null;
      const stamp = `${(versions as string[]).join(',')}|`;
      return { current: text.startsWith(stamp), characters: text.length - text.indexOf('|') - 1, expiresInMs: Number(ttl) };
    },
  };
}
