import { z } from 'zod';
import { Id, pageSize, Timestamp } from './common.ts';

/** How a level of the cache has done since its process started. */
export const CacheLevelFigures = z.object({ hits: z.int(), misses: z.int() });

/** What one process knows of its cache. */
export const CacheStats = z
  .object({
    state: z.enum(['up', 'degraded', 'off']).describe('degraded: the shared level is away. off: everything is read from the database.'),
    hitRate: z.number().nullable().describe('0 to 1, of the last five minutes; null without reads.'),
    ttlS: z.int(),
    process: CacheLevelFigures.extend({ entries: z.int(), characters: z.int() }),
    shared: CacheLevelFigures.nullable().describe('Null without Redis.'),
    bypasses: z.int().describe('Reads that went to the database without asking a level.'),
    invalidations: z.int(),
  })
  .meta({ id: 'CacheStats' });
export type CacheStats = z.infer<typeof CacheStats>;

/** One thing that a level holds, or does not. */
export const CacheEntryView = z.object({
  key: z.string(),
  level: z.enum(['process', 'shared']),
  state: z.enum(['current', 'invalidated', 'absent']),
  characters: z.int().nullable(),
  expiresInS: z.number().nullable(),
});
export type CacheEntryView = z.infer<typeof CacheEntryView>;

export const CacheReport = z
  .object({
    stats: CacheStats.describe('Of the process that answers.'),
    everywhere: z
      .object({ processes: z.int(), hits: z.int(), misses: z.int(), hitRate: z.number().nullable() })
      .nullable()
      .describe('All processes together, of the last five minutes; null without Redis.'),
    invalidations: z.object({
      pending: z.int().describe('Not applied yet.'),
      last: z
        .object({
          id: z.int(),
          sellerId: z.int().nullable(),
          component: z.string(),
          triggeredAt: Timestamp,
          completedAt: Timestamp.nullable(),
        })
        .nullable(),
    }),
    seller: z.array(CacheEntryView).nullable().describe('What is kept of the seller who was asked for.'),
  })
  .meta({ id: 'CacheReport' });
export type CacheReport = z.infer<typeof CacheReport>;

export const CacheReportQuery = z.object({ seller: Id.optional() });
export const ClearCacheQuery = z.object({ seller: Id.optional().describe('This seller alone, and the first page.') });

/** Sellers that are warmed up unless another number is asked for, and at most. */
export const WARM_UP = { sellers: 200, most: 2000 } as const;
export const WarmUpQuery = z.object({ limit: pageSize(WARM_UP.sellers, WARM_UP.most) });

export const WarmUpReport = z
  .object({ sellers: z.int(), entries: z.int(), tookMs: z.int(), state: CacheStats.shape.state })
  .meta({ id: 'CacheWarmUp' });
export type WarmUpReport = z.infer<typeof WarmUpReport>;
