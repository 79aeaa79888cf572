import type { CacheReport } from '@assay/contract';
import type { SharedRedis } from '../services/redis.ts';
import { rateOf } from './hit-rate.ts';

/** Who has said nothing for this long is gone. */
const GONE_MS = 60_000;

interface Figures {
  name: string;
  at: number;
  hits: number;
  misses: number;
}

/** What each process says of its reads, in Redis: together they are how the cache does. */
export function sharedFigures(redis: SharedRedis, prefix: string, name: string) {
  const key = `${prefix}processes`;
  return {
    /** Never throws: lost while Redis is down. */
    async publish({ hits, misses }: { hits: number; misses: number }): Promise<void> {
      const figures: Figures = { name, at: Date.now(), hits, misses };
      await redis.send(['HSET', key, name, JSON.stringify(figures)]).catch(() => {});
    },
    /** @throws Error when Redis does not answer */
    async read(): Promise<CacheReport['everywhere']> {
      const all = ((await redis.send(['HVALS', key])) as string[]).map((text) => JSON.parse(text) as Figures);
      const gone = all.filter(({ at }) => Date.now() - at > GONE_MS);
      if (gone.length > 0) await redis.send(['HDEL', key, ...gone.map((figures) => figures.name)]);
      const here = all.filter((figures) => !gone.includes(figures));
      const sum = here.reduce((total, { hits, misses }) => ({ hits: total.hits + hits, misses: total.misses + misses }), {
        hits: 0,
        misses: 0,
      });
      return { processes: here.length, ...sum, hitRate: rateOf(sum) };
    },
  };
}
