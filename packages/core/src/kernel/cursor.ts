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
  return { items: rows.slice(0, limit).map(toItem), nextCursor: nextCursorOf(rows, limit, cursorOf) };
}

/** The same where the items are made of all their rows at once. */
export async function toPageOf<Row, Item>(
  rows: Row[],
  limit: number,
  toItems: (shown: Row[]) => Promise<Item[]>,
  cursorOf: (row: Row) => string,
): Promise<{ items: Item[]; nextCursor: string | null }> {
  return { items: await toItems(rows.slice(0, limit)), nextCursor: nextCursorOf(rows, limit, cursorOf) };
}

function nextCursorOf<Row>(rows: Row[], limit: number, cursorOf: (row: Row) => string): string | null {
  const last = rows.slice(0, limit).at(-1);
  return rows.length > limit && last ? cursorOf(last) : null;
}
