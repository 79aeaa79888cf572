import { LRUCache } from 'lru-cache';

/** What one process keeps at most: entries, and characters of JSON. */
const ENTRIES_MAX = 5000;
const CHARACTERS_MAX = 32 * 1024 * 1024;
/** So many tags are known one by one. */
const TAGS_MAX = 50_000;

interface Kept<Tag extends string> {
  value: object;
  tags: readonly Tag[];
  /** The state of the tags before its load began. */
  since: number;
  characters: number;
}

/**
 * The level in this process. Time is counted in invalidations: an entry holds the count from before its load began, and is good
 * as long as none of its tags was invalidated later. So nothing that was loaded before a write can be taken for new after it,
 * however late it is put in.
 */
export interface ProcessLevel<Tag extends string> {
  /** The count now: to be taken before a load begins. */
  now(): number;
  invalidate(tags: readonly Tag[]): void;
  /** Was none of these tags invalidated since then? */
  isCurrent(tags: readonly Tag[], since: number): boolean;
  get(key: string): object | undefined;
  set(key: string, kept: Kept<Tag>, ttlMs: number): void;
  /** For people: see `CacheEntryView`. */
  look(key: string): { current: boolean; characters: number; expiresInMs: number } | null;
  size(): { entries: number; characters: number };
}

/** @param entriesMax how many entries are kept; those that were not used for longest go first */
export function processLevel<Tag extends string>(entriesMax = ENTRIES_MAX): ProcessLevel<Tag> {
  const kept = new LRUCache<string, Kept<Tag>>({
    max: entriesMax,
    maxSize: CHARACTERS_MAX,
    sizeCalculation: ({ characters }) => Math.max(1, characters),
  });
  let count = 0;
  /** The count at which each tag was invalidated last; below `floor` nothing is good any more. */
  let changed = new Map<Tag, number>();
  let floor = 0;

  const isCurrent = (tags: readonly Tag[], since: number) => since >= floor && tags.every((tag) => (changed.get(tag) ?? 0) <= since);
  return {
    now: () => count,
    invalidate(tags) {
      count++;
      if (changed.size > TAGS_MAX) {
        changed = new Map();
        floor = count;
      }
      for (const tag of tags) changed.set(tag, count);
    },
    isCurrent,
    get(key) {
      const entry = kept.get(key);
      if (!entry) return undefined;
      if (isCurrent(entry.tags, entry.since)) return entry.value;
      kept.delete(key);
      return undefined;
    },
    set(key, entry, ttlMs) {
      if (isCurrent(entry.tags, entry.since)) kept.set(key, entry, { ttl: Math.max(1, Math.round(ttlMs)) });
    },
    look(key) {
      const entry = kept.peek(key);
      if (!entry) return null;
      return { current: isCurrent(entry.tags, entry.since), characters: entry.characters, expiresInMs: kept.getRemainingTTL(key) };
    },
    size: () => ({ entries: kept.size, characters: kept.calculatedSize }),
  };
}
