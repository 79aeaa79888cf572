import { AppError } from './errors.ts';

const ISO_MOMENT = /^[1-9]\d{3}-/;

/**
 * Keyset cursors: the sort keys of the last item shown, so that pages stay right while items arrive in front of them.
 * `kind` names the list, so that a cursor of one list is refused by another.
 */
export function encodeCursor(kind: string, keys: (number | string)[]): string {
  return Buffer.from(JSON.stringify([kind, ...keys])).toString('base64url');
}

/** @throws AppError INVALID_CURSOR when it was not made by {@link encodeCursor} for `kind` with keys of these types */
export function decodeCursor<const T extends readonly ('number' | 'date')[]>(
  cursor: string,
  kind: string,
  types: T,
): { [K in keyof T]: T[K] extends 'date' ? Date : number } {
  try {
    const [name, ...keys] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (name !== kind || keys.length !== types.length) throw new AppError('INVALID_CURSOR');
    return types.map((type, i) => decodeKey(keys[i], type)) as never;
  } catch {
    throw new AppError('INVALID_CURSOR');
  }
}

/** Only what {@link encodeCursor} writes: anything else may be beyond what a column compares with. */
function decodeKey(key: unknown, type: 'number' | 'date'): number | Date {
  if (type === 'number' && typeof key === 'number' && Math.abs(key) <= Number.MAX_SAFE_INTEGER) return key;
  if (type === 'date' && typeof key === 'string' && ISO_MOMENT.test(key) && new Date(key).toISOString() === key) return new Date(key);
  throw new AppError('INVALID_CURSOR');
}

/** The page and its next cursor, from one row more than the page holds. */
export function toPage<Row, Item>(
  rows: Row[],
  limit: number,
  toItem: (row: Row) => Item,
  cursorOf: (row: Row) => string,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toItem), nextCursor: rows.length > limit && last ? cursorOf(last) : null };
}
