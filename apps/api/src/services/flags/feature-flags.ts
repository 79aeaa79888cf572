import { randomUUID } from 'node:crypto';
import { FLAG_CHANNEL, FLAG_NAMES, type FlagName, type FlagUpdateMessage } from '@assay/contract';
import { stateOf, type FlagDefaults, type FlagEvaluator, type FlagsRepository } from '@assay/core';
import { NOOP_PROVIDER, OpenFeature, ServerProviderEvents, type Provider } from '@openfeature/server-sdk';
import type { Logger } from '../../logger.ts';
import type { EventFeed } from '../../realtime/event-feed.ts';
import type { SharedRedis } from '../redis.ts';
import { evaluationContextOf, toToggle } from './toggles.ts';
import { UnleashProvider } from './unleash-provider.ts';

/** How soon the database is asked again that did not answer. */
const RETRY_MS = 250;
/** How long an answer about strangers is good where a provider does not say when its flags change. */
const STRANGERS_MS = 1000;

/** The flags of this process. */
export interface FeatureFlags extends FlagEvaluator {
  /** Reads all flags. @throws when the database does not answer: a server does not start without knowing them */
  start(): Promise<void>;
  /** Is it on for a subject without any attribute? Cached until flags change. */
  isOnForStrangers(name: FlagName): Promise<boolean>;
  /** For how many percent of people each flag is on, as this process knows it; null where a foreign provider alone knows. */
  shares(): [FlagName, number][] | null;
  /** Calls `listener` when any flag has changed. */
  onChange(listener: () => void): void;
  close(): Promise<void>;
}

interface Parts {
  flags: FlagsRepository;
  feed: EventFeed;
  redis: SharedRedis | null;
  log: Logger;
  defaults: FlagDefaults;
  /** A team's own OpenFeature provider, in place of the flags in the database. */
  provider: Provider | null;
}

/** All flags in memory, behind OpenFeature. They are read again whenever a change was committed anywhere. */
export async function featureFlags({ flags, feed, redis, log, defaults, provider: foreign }: Parts): Promise<FeatureFlags> {
  const domain = `assay-${randomUUID()}`; // OpenFeature's registry is the process's: tests have several containers in one
  const own = foreign ? null : new UnleashProvider();
  const book = own ? flagBook(own, flags, defaults, log) : null;
  await OpenFeature.setProviderAndWait(domain, foreign ?? own!);
  const client = OpenFeature.getClient(domain);

  let strangers = new Map<FlagName, { on: Promise<boolean>; at: number }>();
  const listeners = new Set<() => void>();
  client.addHandler(ServerProviderEvents.ConfigurationChanged, () => {
    strangers = new Map();
    for (const listener of listeners) listener();
  });
  feed.on(({ event: { topic } }) => {
    if (topic === 'flag.changed') void book?.refresh();
  });

  const evaluate: FlagEvaluator['evaluate'] = async (name, subject) => {
    if (book && !book.isRead()) await book.refresh(); // a command, or a server before its start
    const { enabled, rolloutPercentage, lockedBy } = defaults[name];
    if (lockedBy) return { on: false, variant: null };
    const details = await client.getBooleanDetails(name, enabled && rolloutPercentage === 100, evaluationContextOf(subject));
    return { on: details.value, variant: details.value ? (details.variant ?? null) : null };
  };

  return {
    evaluate,
    start: async () => book?.read(),
    isOnForStrangers(name) {
      const known = strangers.get(name);
      if (known && performance.now() - known.at < STRANGERS_MS) return known.on;
      const on = evaluate(name, { roles: [] }).then((exposure) => exposure.on);
      strangers.set(name, { on, at: performance.now() });
      return on;
    },
    shares: () => book?.shares() ?? null,
    onChange: (listener) => void listeners.add(listener),
    async changed(changes) {
      await Promise.all([book?.refresh(), redis && announce(redis, changes)]);
    },
    async close() {
      await book?.close();
      await OpenFeature.setProviderAndWait(domain, NOOP_PROVIDER);
    },
  };
}

/** What the documents have others listen to. */
async function announce(redis: SharedRedis, changes: Parameters<FlagEvaluator['changed']>[0]): Promise<void> {
  await redis.attempted();
  const timestamp = new Date().toISOString();
  for (const { name, enabled } of changes) {
    const message: FlagUpdateMessage = { type: 'feature_flag_update', feature: name, enabled, timestamp };
    // Processes of ours learn it from the event: nothing is lost when Redis is away.
    await redis.publish(FLAG_CHANNEL, JSON.stringify(message));
  }
}

/** Keeps a provider's flags as the database has them. While that does not answer they stay what they were. */
function flagBook(provider: UnleashProvider, flags: FlagsRepository, defaults: FlagDefaults, log: Logger) {
  let isRead = false;
  let reading: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let retry: NodeJS.Timeout | undefined;
  let failing = false;
  let closed = false;

  let shares: [FlagName, number][] = [];
  const load = (rows: Awaited<ReturnType<FlagsRepository['all']>>) => {
    const states = FLAG_NAMES.map((name) => ({ name, state: stateOf(name, rows.find((row) => row.name === name) ?? null, defaults) }));
    shares = states.map(({ name, state }) => [
      name,
      state.enabled && !state.killed && !defaults[name].lockedBy ? state.rolloutPercentage : 0,
    ]);
    provider.load(states.map(({ name, state }) => toToggle(name, state)));
  };
  load([]);

  const readOnce = async () => {
    load(await flags.all());
    isRead = true;
    if (failing) log.info('feature flags are read again');
    failing = false;
  };

  /** Reads them, or joins who is about to: never one that has begun already. */
  const read = (): Promise<void> => {
    if (closed) return Promise.resolve();
    if (!reading) return (reading = readOnce().finally(() => (reading = null)));
    return (next ??= reading
      .catch(() => {})
      .then(() => {
        next = null;
        return read();
      }));
  };

  const refresh = (): Promise<void> =>
    read().catch((error: unknown) => {
      if (closed) return;
      if (!failing) log.warn({ err: error }, 'could not read feature flags: they stay as they were');
      failing = true;
      clearTimeout(retry);
      retry = setTimeout(() => void refresh(), RETRY_MS).unref();
    });

  return {
    isRead: () => isRead,
    shares: () => shares,
    read,
    refresh,
    /** Resolves when nothing is being read any more: a database that is closed would be opened again. */
    async close() {
      closed = true;
      clearTimeout(retry);
      await (next ?? reading)?.catch(() => {});
    },
  };
}
