import { createRequire } from 'node:module';
import { FLAG_NAMES } from '@assay/contract';
import {
  flagsOf,
  invalidationOf,
  type Actor,
  type Context,
  type FlagDefaults,
  type Services,
  type Settings,
  type Store,
} from '@assay/core';
import { createStore, idempotencyStore, openDatabase, type Database, type IdempotencyStore, type Queryable } from '@assay/database';
import { inSpan, isTracing, traceParent } from '@assay/telemetry/tracing';
import type { Provider } from '@openfeature/server-sdk';
import type { Config } from './config.ts';
import { sellerCacheManager, STALE_MAX_MS, type SellerCacheManager } from './cache/seller-cache-manager.ts';
import { argon2Passwords } from './services/passwords.ts';
import { featureFlags, type FeatureFlags } from './services/flags/feature-flags.ts';
import { ownProvider } from './services/flags/own-provider.ts';
import { webhookSink } from './services/alert-webhook.ts';
import { openDocuments } from './services/documents.ts';
import { openImages, type Images } from './services/images/images.ts';
import { openMailer } from './services/mail/mailer.ts';
import { openPayouts } from './services/payouts/payouts.ts';
import { testPayments } from './services/payments.ts';
import { openRedis, type SharedRedis } from './services/redis.ts';
import { walletProofs } from './services/wallet-proofs.ts';
import { jwtTokens, type Tokens } from './services/tokens.ts';
import { observeStatements } from './services/observe-statements.ts';
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
  readonly images: Images;
  readonly idempotency: IdempotencyStore;
  /** What the processes share; null where there is one process, or they share nothing but the database. */
  readonly redis: SharedRedis | null;
  /** What is committed, here and elsewhere. A server starts it; commands only tell it what they commit. */
  readonly feed: EventFeed;
  /** What this process measures. */
  readonly metrics: Metrics;
  /** Which features are on for whom. A server starts it, after the feed. */
  readonly flags: FeatureFlags;
  /** Two levels: this process, and Redis. */
  readonly cache: SellerCacheManager;
  context(actor: Actor, requestId: string, beforeCommit?: BeforeCommit): Context;
  close(): Promise<void>;
}

/** @param flagProvider an OpenFeature provider in place of the flags in the database; by default the one that the configuration names */
export async function createContainer(config: Config, log: Logger, flagProvider?: Provider): Promise<Container> {
  const metrics = createMetrics(VERSION, config.worker);
  const database = await openDatabase(config.database.target, {
    ...config.database,
    onOperation: (operation, durationMs) => metrics.databaseTook(operation, durationMs),
    observe: isTracing() ? observeStatements(config.database.target.engine) : undefined,
  });
  const store = createStore(database, { batched: true });
  const tokens = jwtTokens(config.jwt);
  const redis = config.redisUrl ? openRedis(config.redisUrl, log) : null;
  const feed = eventFeed(store, redis, log);
  const settings: Settings = { flagDefaults: flagDefaults(config), wallets: walletSettings(config.wallets), publicUrl: config.publicUrl };
  const provider = flagProvider ?? (await ownProvider(config.flagProvider));
  const flags = await featureFlags({ flags: store.flags, feed, redis, log, defaults: settings.flagDefaults, provider });
  const images = openImages(config.images, log);
  const cache = sellerCacheManager(
    { feed, redis, invalidations: store.invalidations, log },
    {
      ...config.cache,
      madeWith: images.publicBase,
      enabled: async () => (await flags.evaluate('seller-cache-invalidation', { roles: [], staff: true })).on,
    },
  );
  const services: Services = {
    passwords: argon2Passwords(),
    tokens,
    payments: testPayments(),
    flags,
    walletProofs: walletProofs(config.wallets.rpcUrls, log),
    images,
    documents: openDocuments(images.files, images.maxBytes),
    mailer: openMailer(config.mail),
    payouts: openPayouts(config.payoutKeys),
    alertSink: config.alerts.webhookUrl ? webhookSink(config.alerts.webhookUrl, config.alerts.webhookSecret) : null,
  };
  const now = () => new Date();
  const transactionWith =
    (requestId: string, beforeCommit?: BeforeCommit): Context['transaction'] =>
    async (work) => {
      let [wroteEvents, changedCaches] = [false, false];
      let effects: Effect[] = [];
      const attempt = async (tx: Queryable) => {
        [wroteEvents, changedCaches] = [false, false]; // it may be a second attempt
        effects = [];
        const bound = createStore(tx, { cause: { requestId, traceParent: traceParent() } });
        const append: Store['outbox']['append'] = (event, at) => {
          wroteEvents = true;
          changedCaches ||= invalidationOf(event.topic, event.subjectId) !== null;
          return bound.outbox.append(event, at);
        };
        const result = await work(noting({ ...bound, outbox: { ...bound.outbox, append } }, (effect) => effects.push(effect)));
        await beforeCommit?.(tx, result);
        return result;
      };
      const answer = await inSpan({ name: 'transaction' }, () => database.transaction(attempt));
      metrics.committed(effects);
      const told = wroteEvents && feed.committed();
      // Before the answer leaves this process has forgotten what it made wrong. After a second nobody goes by that any more.
      if (told && changedCaches) await atMost(STALE_MAX_MS, told);
      return answer;
    };
  readContainer(metrics, { database, feed, flags, redis });
  metrics.gauge('seller_cache_hit_rate', 'Seller cache hit rate', () => cache.stats().hitRate);

  return {
    config,
    log,
    database,
    store,
    services,
    tokens,
    images,
    idempotency: idempotencyStore(database),
    redis,
    feed,
    metrics,
    flags,
    cache,
    context: (actor, requestId, beforeCommit) => ({
      actor,
      requestId,
      store,
      services,
      settings,
      flags: flagsOf(flags, actor),
      cache,
      now,
      transaction: transactionWith(requestId, beforeCommit),
    }),
    async close() {
      metrics.workers.leave();
      await cache.close();
      feed.stop();
      await flags.close();
      redis?.close();
      await database.close();
    },
  };
}

/** Everything is on until somebody changes it; ratings are what the environment says. */
function flagDefaults({ rollout }: Config): FlagDefaults {
  const on = Object.fromEntries(FLAG_NAMES.map((name) => [name, { enabled: true, rolloutPercentage: 100 }])) as FlagDefaults;
  return { ...on, 'seller-ratings': { enabled: rollout.enabled, rolloutPercentage: rollout.percentage } };
}

/** Without an address that people reach us by, wallets sign in only where all of us are on one machine. */
const walletSettings = ({ chainIds, signatureTimeoutS, origin, loopback }: Config['wallets']): Settings['wallets'] => ({
  offered: origin !== null || loopback,
  chainIds,
  signatureTimeoutS,
});

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
