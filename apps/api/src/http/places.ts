import { AppError } from '@assay/core';

/** Places for work that goes on at the same time in this process. */
export interface Places {
  /**
   * Takes a place for an account, or for an address.
   * @returns gives the place back; a second call does nothing
   * @throws AppError RATE_LIMITED (they have all theirs), BUSY (all are taken)
   */
  take(key: string): () => void;
}

/**
 * @param each places of one account or address
 * @param all places of the process
 * @param sentence what an account that has all its places reads
 */
export function places(each: number, all: number, sentence: string): Places {
  const taken = new Map<string, number>();
  let total = 0;
  return {
    take(key) {
      const own = taken.get(key) ?? 0;
      if (own >= each) throw new AppError('RATE_LIMITED', { retryAfterS: 2, message: sentence });
      if (total >= all) throw new AppError('BUSY', { retryAfterS: 2 });
      taken.set(key, own + 1);
      total++;
      let given = false;
      return () => {
        if (given) return;
        given = true;
        total--;
        const left = taken.get(key)! - 1;
        if (left > 0) taken.set(key, left);
        else taken.delete(key);
      };
    },
  };
}
