import { createHash } from 'node:crypto';
import { CACHED_PARTS, type CachedPart, type CacheEntry } from '@assay/core';
import { z } from 'zod';

/** What a part looks like in this version of the product: another version that shapes it otherwise has other keys. */
const STAMPS = Object.fromEntries(
  Object.entries(CACHED_PARTS).map(([part, schema]) => [
    part,
    createHash('sha256')
      .update(JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any' })))
      .digest('hex')
      .slice(0, 8),
  ]),
) as Record<CachedPart, string>;

/**
 * Names entries: "page:1f0c2b9a3d:12"
 * @param madeWith what else is in them, such as where images are
 */
export function keysOf(madeWith: string): (entry: CacheEntry) => string {
  const also = createHash('sha256').update(madeWith).digest('hex').slice(0, 4);
  return ({ part, id }) => `${part}:${STAMPS[part]}${also}:${id}`;
}

/** A stored entry, if it is whole and of this shape. */
export function parseCached(part: CachedPart, text: string): object | null {
  try {
    const parsed = CACHED_PARTS[part].safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The object is shared by many readers: frozen. */
export function frozen<T extends object>(value: T): T {
  for (const inner of Object.values(value) as unknown[]) if (inner !== null && typeof inner === 'object') frozen(inner);
  return Object.freeze(value);
}
