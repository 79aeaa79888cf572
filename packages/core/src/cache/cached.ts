import type { Context } from '../kernel/context.ts';
import type { CacheEntry } from './parts.ts';

/**
 * What is the same for everybody, from the cache where it may. Who is signed in may have written a moment ago, through any
 * process: they get exactly what is committed. Visitors get what was committed a second ago, or newer.
 */
export const cached = <T extends object>(ctx: Context, entry: CacheEntry, load: () => Promise<T>): Promise<T> =>
  ctx.cache.read(entry, { exact: ctx.actor.kind !== 'anonymous' }, load);
