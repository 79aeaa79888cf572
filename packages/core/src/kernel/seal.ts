/** Encrypts what is kept: readable again only for the same account, with the same key. */
export interface Seal<T> {
  /** Of the key that seals now. */
  readonly keyId: string;
  seal(userId: number, value: T): string;
  /** Null when that key is not known any more, or it was tampered with. */
  unseal(userId: number, keyId: string, sealed: string): T | null;
}

/** How many values were sealed anew, and how many cannot be read with any key that is known. */
export interface Resealed {
  resealed: number;
  unreadable: number;
}

/** Rows of one page. */
const BATCH = 100;

/**
 * Seals values that an older key sealed with the current one, page by page: rows that cannot be read keep none behind them waiting.
 * @param read rows with a greater account than `after`, by account
 * @param write stores one of them; false when it was changed meanwhile
 */
export async function resealRows<T, Row extends { userId: number; keyId: string; sealed: string }>(
  seal: Seal<T>,
  read: (after: number, limit: number) => Promise<readonly Row[]>,
  write: (row: Row, to: { sealed: string; keyId: string }) => Promise<boolean>,
): Promise<Resealed> {
  const outcome = { resealed: 0, unreadable: 0 };
  for (let after = 0; ;) {
    const rows = await read(after, BATCH);
    for (const row of rows) {
      const value = seal.unseal(row.userId, row.keyId, row.sealed);
      if (value === null) outcome.unreadable++;
      else if (await write(row, { sealed: seal.seal(row.userId, value), keyId: seal.keyId })) outcome.resealed++;
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return outcome;
    after = last.userId;
  }
}
