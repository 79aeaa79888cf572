import { createRequire } from 'node:module';
import { invalidationOf, type Actor, type Context, type Services, type Settings, type Store } from '@assay/core';
import { createStore, idempotencyStore, openDatabase, type Database, type IdempotencyStore, type Queryable } from '@assay/database';
import type { Config } from './config.ts';
import { sellerCacheManager, STALE_MAX_MS, type SellerCacheManager } from './cache/seller-cache-manager.ts';
import { argon2Passwords } from './services/passwords.ts';
import { webhookSink } from './services/alert-webhook.ts';
import { testPayments } from './services/payments.ts';
import { openRedis, type SharedRedis } from './services/redis.ts';
import { jwtTokens, type Tokens } from './services/tokens.ts';
import { eventFeed, type EventFeed } from './realtime/event-feed.ts';
import { noting, type Effect } from './metrics/effects.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { readContainer } from './metrics/readings.ts';
import type { Logger } from './logger.ts';

const { version: VERSION } = createRequire(import.meta.url)('../package.json') as { version: string };

/** Runs at the end of a use case's transaction, inside it, with what the use case answers. */
export type BeforeCommit = (tx: Queryable, answer: unknown) => Promise<void>;

/** Everything that lives as long as the process. The only place where the parts are put together. */
export interface Container {
  readonly config: Config;
  readonly log: Logger;
  readonly database: Database;
  readonly store: Store;
  readonly services: Services;
  readonly tokens: Tokens;
  readonly idempotency: IdempotencyStore;
  /** What the processes share; null where there is one process, or they share nothing but the database. */
  readonly redis: SharedRedis | null;
  /** What is committed, here and elsewhere. A server starts it; commands only tell it what they commit. */
  readonly feed: EventFeed;
  /** What this process measures. */
  readonly metrics: Metrics;
  /** Two levels: this process, and Redis. */
  readonly cache: SellerCacheManager;
  context(actor: Actor, requestId: string, beforeCommit?: BeforeCommit): Context;
  close(): Promise<void>;
}

export async function createContainer(config: Config, log: Logger): Promise<Container> {
  const metrics = createMetrics(VERSION, config.worker);
  const database = await openDatabase(config.database.target, {
    ...config.database,
    onOperation: (operation, durationMs) => metrics.databaseTook(operation, durationMs),
  });
  const store = createStore(database, { batched: true });
  const tokens = jwtTokens(config.jwt);
  const services: Services = {
    passwords: argon2Passwords(),
    tokens,
    payments: testPayments(),
    alertSink: config.alerts.webhookUrl ? webhookSink(config.alerts.webhookUrl, config.alerts.webhookSecret) : null,
  };
  const settings: Settings = { rollout: config.rollout };
  const now = () => new Date();
  const redis = config.redisUrl ? openRedis(config.redisUrl, log) : null;
  const feed = eventFeed(store, redis, log);
  const cache = sellerCacheManager({ feed, redis, invalidations: store.invalidations, log }, config.cache);
  metrics.gauge('seller_cache_hit_rate', 'Seller cache hit rate', () => cache.stats().hitRate);
  const transactionWith =
    (beforeCommit?: BeforeCommit): Context['transaction'] =>
    async (work) => {
      let [wroteEvents, changedCaches] = [false, false];
      let effects: Effect[] = [];
      const answer = await database.transaction(async (tx) => {
        [wroteEvents, changedCaches] = [false, false]; // it may be a second attempt
        effects = [];
        const bound = createStore(tx);
        const append: Store['outbox']['append'] = (event, at) => {
          wroteEvents = true;
          changedCaches ||= invalidationOf(event.topic, event.subjectId) !== null;
          return bound.outbox.append(event, at);
        };
        const result = await work(noting({ ...bound, outbox: { ...bound.outbox, append } }, (effect) => effects.push(effect)));
        await beforeCommit?.(tx, result);
        return result;
      });
      metrics.committed(effects);
      const told = wroteEvents && feed.committed();
      // Before the answer leaves this process has forgotten what it made wrong. After a second nobody goes by that any more.
      if (told && changedCaches) await atMost(STALE_MAX_MS, told);
      return answer;
    };
  const plainTransaction = transactionWith();
  readContainer(metrics, { database, feed, redis });

  return {
    config,
    log,
    database,
    store,
    services,
    tokens,
    idempotency: idempotencyStore(database),
    redis,
    feed,
    metrics,
    cache,
    context: (actor, requestId, beforeCommit) => ({
      actor,
      requestId,
      store,
      services,
      settings,
      cache,
      now,
      transaction: beforeCommit ? transactionWith(beforeCommit) : plainTransaction,
    }),
    async close() {
      metrics.workers.leave();
      await cache.close();
      feed.stop();
      redis?.close();
      await database.close();
    },
  };
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
