/** Stretches of ten seconds, five minutes of them. */
const STRETCH_MS = 10_000;
const STRETCHES = 30;

/** Hits and misses of the last five minutes. */
export function recentHits(now: () => number = () => performance.now()) {
  const stretches = new Map<number, { hits: number; misses: number }>();
  const current = () => Math.floor(now() / STRETCH_MS);
  return {
    add(hit: boolean): void {
      const id = current();
      let stretch = stretches.get(id);
      if (!stretch) {
        for (const old of stretches.keys()) if (old <= id - STRETCHES) stretches.delete(old);
        stretches.set(id, (stretch = { hits: 0, misses: 0 }));
      }
      stretch[hit ? 'hits' : 'misses']++;
    },
    sum(): { hits: number; misses: number } {
      const oldest = current() - STRETCHES;
      const sum = { hits: 0, misses: 0 };
      for (const [id, { hits, misses }] of stretches) {
        if (id <= oldest) continue;
        sum.hits += hits;
        sum.misses += misses;
      }
      return sum;
    },
  };
}

/** 0 to 1; null where nothing was asked. */
export const rateOf = ({ hits, misses }: { hits: number; misses: number }): number | null =>
  hits + misses === 0 ? null : hits / (hits + misses);
