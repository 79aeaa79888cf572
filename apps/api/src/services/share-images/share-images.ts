import { createHash } from 'node:crypto';
import { AppError, type MediaStore, type ShareFacts } from '@assay/core';
import { LRUCache } from 'lru-cache';

/** Changes with the drawing: what was kept before is not taken for it. */
const DESIGN = 2;
/** Pictures that are kept, and the memory they may take. */
const KEPT = { max: 300, maxSize: 24 * 1024 * 1024 };
/** Pictures that wait to be made; further requests get BUSY. */
const WAITING_MAX = 24;
const RETRY_S = 5;

export interface ShareImages {
  /** What the picture of these facts is called: another one has another name. */
  nameOf(facts: ShareFacts): string;
  /** The picture as a PNG. @throws AppError BUSY */
  make(facts: ShareFacts): Promise<Uint8Array>;
}

/** Pictures by which stores are shared: made one after another, and kept in this process by what they show. */
export function shareImages(files: Pick<MediaStore, 'read'>): ShareImages {
  const kept = new LRUCache<string, Uint8Array>({ ...KEPT, sizeCalculation: ({ byteLength }) => byteLength });
  const flights = new Map<string, Promise<Uint8Array>>();
  let last: Promise<unknown> = Promise.resolve();

  const nameOf = (facts: ShareFacts) =>
    createHash('sha256')
      .update(JSON.stringify([DESIGN, facts]))
      .digest('base64url')
      .slice(0, 27);

  return {
    nameOf,
    async make(facts) {
      const name = nameOf(facts);
      const known = kept.get(name) ?? flights.get(name);
      if (known) return known;
      if (flights.size >= WAITING_MAX) throw new AppError('BUSY', { retryAfterS: RETRY_S });
      const flight = last.then(async () => (await import('./render.ts')).render(facts, files)); // most processes draw none
      last = flight.catch(() => {});
      flights.set(name, flight);
      try {
        const png = await flight;
        kept.set(name, png);
        return png;
      } finally {
        flights.delete(name);
      }
    },
  };
}
