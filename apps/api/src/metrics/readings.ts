import type { Container } from '../container.ts';
import type { Metrics } from './metrics.ts';

/** What is read of the parts of this process at each scrape. */
export function readContainer(
  metrics: Metrics,
  { cache, database, feed, flags, redis }: Pick<Container, 'cache' | 'database' | 'feed' | 'flags' | 'redis'>,
): void {
  metrics.gauge('marketplace_database_connections', 'Connections to the database by state, and requests that wait for one', () =>
    Object.entries(database.pool()).map(([state, value]) => ({ labels: { state }, value })),
  );
  metrics.gauge('seller_cache_hit_rate', 'Seller cache hit rate', () => cache.stats().hitRate);
  metrics.gauge('seller_cache_reads', 'Reads that the hit rate is about: those of the last five minutes', () => cache.recentReads());
  metrics.gauge('marketplace_outbox_lag_seconds', 'Age of the newest moment until which this process knows what was committed', () => {
    const knownUntil = feed.knownUntil();
    return Number.isFinite(knownUntil) ? (performance.now() - knownUntil) / 1000 : null;
  });
  metrics.gauge('marketplace_redis_up', 'Whether Redis answers this process; absent without REDIS_URL', () =>
    redis ? Number(redis.isUp()) : null,
  );
  metrics.gauge(
    'marketplace_feature_flag_percentage',
    'Share of users for whom a feature is on, in percent',
    () => flags.shares()?.map(([flag, value]) => ({ labels: { flag }, value })) ?? null,
  );
}
