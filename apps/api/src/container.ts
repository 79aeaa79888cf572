import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { FLAG_NAMES } from '@assay/contract';
import {
  flagsOf,
  TASKS,
  TEST_PROVIDER,
  type Actor,
  type Context,
  type FlagDefaults,
  type PaymentProvider,
  type PureServices,
  type Services,
  type Settings,
  type Repositories,
} from '@assay/core';
import { createRepositories, idempotencyStore, openDatabase, type Database, type IdempotencyStore } from '@assay/database';
import { inSpan, isTracing, traceParent } from '@assay/telemetry/tracing';
import type { Provider } from '@openfeature/server-sdk';
import type { Config } from './config.ts';
import { sellerCacheManager, STALE_MAX_MS, type SellerCacheManager } from './cache/seller-cache-manager.ts';
import { argon2Passwords } from './services/passwords.ts';
import { breachedPasswords } from './services/breached-passwords.ts';
import { commonPasswords } from './services/common-passwords.ts';
import { featureFlags, type FeatureFlags } from './services/flags/feature-flags.ts';
import { ownProvider } from './services/flags/own-provider.ts';
import { clamdScanner } from './services/clamd.ts';
import { webhookSink } from './services/alert-webhook.ts';
import { knownDevices, type KnownDevices } from './services/devices.ts';
import { openDocuments } from './services/documents.ts';
import { openInvoices } from './services/invoices/invoices.ts';
import { openImages, type Images } from './services/images/images.ts';
import { openMailer } from './services/mail/mailer.ts';
import { bankFiles, openPayouts } from './services/payouts/payouts.ts';
import { openPayments } from './services/payments.ts';
import type { SharedRedis } from './services/redis.ts';
import { walletMessages, walletProofs } from './services/wallet-proofs.ts';
import { vatNumbers } from './services/vat-numbers.ts';
import { webAuthnPasskeys } from './services/passkeys.ts';
import { fileSeal } from './services/sealed-files.ts';
import { openSecondFactor } from './services/second-factor.ts';
import { sessionOwners, type SessionOwners } from './services/session-owners.ts';
import { jwtTokens, type Tokens } from './services/tokens.ts';
import { observeStatements } from './services/observe-statements.ts';
import { eventFeed, type EventFeed } from './realtime/event-feed.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { readContainer } from './metrics/readings.ts';
import { addressPrefix, securityEvents } from './services/security-events.ts';
import { createWorker, type Worker } from './jobs/worker.ts';
import { unitOfWork, type BeforeCommit, type UnitOfWorkParts } from './unit-of-work.ts';
import type { Logger } from './logger.ts';

const { version: VERSION } = createRequire(import.meta.url)('../package.json') as { version: string };

/** Everything that lives as long as the process. The only place where the parts are put together. */
export interface Container {
  readonly config: Config;
  readonly log: Logger;
  readonly database: Database;
  readonly repos: Repositories;
  readonly services: Services;
  readonly tokens: Tokens;
  /** Who access tokens stand for now. */
  readonly sessions: SessionOwners;
  readonly devices: KnownDevices;
  readonly images: Images;
  readonly idempotency: IdempotencyStore;
  /** What the processes share; null where there is one process, or they share nothing but the database. */
  readonly redis: SharedRedis | null;
  /** Committed facts, of this process and others. A server starts it; commands only announce what they commit. */
  readonly feed: EventFeed;
  /** What this process measures. */
  readonly metrics: Metrics;
  /** Which features are on for whom. A server starts it, after the feed. */
  readonly flags: FeatureFlags;
  /** Two levels: this process, and Redis. */
  readonly cache: SellerCacheManager;
  /** Runs tasks. A server starts it; commands run only what they ask it to perform. */
  readonly worker: Worker;
  /** Names this process, where it holds a lease. */
  readonly holder: string;
  /**
   * @param now the clock; the system's by default
   * @param address the client's; null for commands, jobs and tasks
   */
  context(actor: Actor, requestId: string, beforeCommit?: BeforeCommit, now?: () => Date, address?: string | null): Context;
  close(): Promise<void>;
}

/** Services in place of those that the configuration names. */
export interface ReplacedServices {
  /** An OpenFeature provider in place of the flags in the database. */
  flagProvider?: Provider;
  payments?: PaymentProvider;
}

export async function createContainer(config: Config, log: Logger, replaced: ReplacedServices = {}): Promise<Container> {
  const metrics = createMetrics(VERSION, config.worker);
  const holder = `${hostname().slice(0, 30)}:${process.pid}:${randomUUID().slice(0, 8)}`;
  const database = await openDatabase(config.database.target, {
    ...config.database,
    onOperation: (operation, durationMs) => metrics.databaseTook(operation, durationMs),
    observe: isTracing() ? observeStatements(config.database.target.engine) : undefined,
  });
  const repos = createRepositories(database, { batched: true });
  const tokens = jwtTokens(config.jwt);
  const devices = knownDevices(config.jwt.secret);
  const redis = config.redis ? (await import('./services/redis.ts')).openRedis(config.redis, log) : null;
  const feed = eventFeed(repos, redis, log);
  // Before all other listeners: those that ask for an actor after a fact get the new one.
  const sessions = sessionOwners(repos.accounts, feed, config.requiresSecondFactor);
  const images = openImages(config.images, log);
  const payments = replaced.payments ?? (await openPayments(config.stripe));
  const settings: Settings = {
    flagDefaults: flagDefaults(config),
    wallets: walletSettings(config.wallets),
    publicUrl: config.publicUrl,
    sessionMaxMs: config.sessionMaxMs,
    listingsMax: config.listingsMax,
    moneyRecordYears: config.moneyRecordYears,
    orderTimes: config.orderTimes,
    messages: config.messages,
    payouts: config.payouts,
    chargebackFeePaidBy: config.chargebackFeePaidBy,
    operator: config.operator,
    images,
    documentMaxBytes: images.maxBytes,
    testPayments: payments.name === TEST_PROVIDER,
    sendsAlerts: config.alerts.webhookUrl !== null,
  };
  const provider = replaced.flagProvider ?? (await ownProvider(config.flagProvider));
  const flags = await featureFlags({ flags: repos.flags, feed, redis, log, defaults: settings.flagDefaults, provider });
  const cache = sellerCacheManager(
    { feed, redis, invalidations: repos.invalidations, log },
    {
      ...config.cache,
      keySalt: images.publicBase,
      enabled: async () => (await flags.evaluate('seller-cache-invalidation', { roles: [], staff: true })).on,
    },
  );
  const services: Services = {
    passwords: argon2Passwords(),
    commonPasswords: commonPasswords(),
    breachedPasswords: breachedPasswords(config.passwordCheckUrl, log),
    payments,
    flags,
    passkeys: webAuthnPasskeys(),
    walletProofs: walletProofs(config.wallets.rpcUrls, log),
    images,
    malware: clamdScanner(config.clamd, log),
    documents: openDocuments(images.files, fileSeal(config.payoutKeys)),
    mailer: openMailer(config.mail),
    vatNumbers: vatNumbers(),
    invoices: openInvoices(images.files, new URL(config.publicUrl).host),
    alertSink: config.alerts.webhookUrl ? webhookSink(config.alerts.webhookUrl, config.alerts.webhookSecret) : null,
  };
  const pure: PureServices = {
    tokens,
    devices,
    walletMessages: walletMessages(),
    payouts: openPayouts(config.payoutKeys),
    bankFiles,
    secondFactor: openSecondFactor(config.payoutKeys),
  };
  const partsFor = (requestId: string): UnitOfWorkParts => ({
    transaction: (work) => inSpan({ name: 'transaction' }, () => database.transaction(work)),
    repositoriesOf: (db) => createRepositories(db, { cause: { requestId, traceParent: traceParent() } }),
    count: (counts) => metrics.committed(counts),
    published: () => feed.committed(),
    enqueued: () => worker.wake(),
    staleMaxMs: STALE_MAX_MS,
  });
  const context: Container['context'] = (actor, requestId, beforeCommit, now = () => new Date(), address = null) => {
    const prefix = address === null ? null : addressPrefix(address);
    const securityEvent = securityEvents(log, config.jwt.secret, { actor, requestId, addressPrefix: prefix });
    const reads = { actor, requestId, addressPrefix: prefix, securityEvent, repos, pure, settings, now };
    return {
      ...reads,
      services,
      origin: null,
      flags: flagsOf(flags, actor),
      cache,
      change: unitOfWork(partsFor(requestId), reads, beforeCommit),
      perform: (key, maxMs) => worker.perform(key, maxMs),
      as: (other) => context(other, requestId, beforeCommit, now, address),
    };
  };
  const worker = createWorker({
    tasks: repos.tasks,
    handlers: TASKS,
    holder,
    log,
    contextOf: (task, requestId) => context({ kind: 'system', name: `task ${task}` }, requestId || `task-${randomUUID().slice(0, 8)}`),
    ended: (task, result, durationMs) => metrics.taskEnded(task, result, durationMs),
  });
  readContainer(metrics, { cache, database, feed, flags, redis });

  return {
    config,
    log,
    database,
    repos,
    services,
    tokens,
    sessions,
    devices,
    images,
    idempotency: idempotencyStore(database),
    redis,
    feed,
    metrics,
    flags,
    cache,
    worker,
    holder,
    context,
    async close() {
      await worker.stop();
      metrics.workers.leave();
      await cache.close();
      feed.stop();
      await flags.close();
      redis?.close();
      await database.close();
    },
  };
}

/** Every flag is on until it is changed. The environment may lock ratings off, and says who has them first. */
function flagDefaults({ rollout }: Config): FlagDefaults {
  const on = Object.fromEntries(
    FLAG_NAMES.map((name) => [name, { enabled: true, rolloutPercentage: 100, lockedBy: null }]),
  ) as FlagDefaults;
  const lockedBy = rollout.enabled ? null : 'ENABLE_RATING_FEATURE';
  return { ...on, 'seller-ratings': { enabled: rollout.enabled, rolloutPercentage: rollout.percentage, lockedBy } };
}

/** Without an address that people reach us by, wallets sign in only where all of us are on one machine. */
const walletSettings = ({ chainIds, signatureTimeoutS, origin, loopback }: Config['wallets']): Settings['wallets'] => ({
  offered: origin !== null || loopback,
  chainIds,
  signatureTimeoutS,
});
