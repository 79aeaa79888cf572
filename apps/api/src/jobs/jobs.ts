import { randomUUID } from 'node:crypto';
import {
  adoptTasks,
  checkPayoutAccounts,
  advanceRollouts,
  endDueOrders,
  evaluateAlerts,
  foldListings,
  pullProviderEvents,
  schedulePayoutChecks,
  schedulePayouts,
  scheduleLedgerVerification,
  scheduleReconciliation,
  scheduleVerification,
  type Context,
} from '@assay/core';
import type { Container } from '../container.ts';
import type { Samples } from '../http/samples.ts';
import { cleanImages } from './images.ts';
import { performJob, reportFailure } from './perform.ts';
import { purgePrivateData } from './private-data.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** How often each process looks whether there is something to do. */
const TICK_MS = 2 * SECOND_MS;
const SAMPLES_MS = 10 * SECOND_MS;
const ROLLOUTS_MS = 5 * SECOND_MS;

export interface Jobs {
  /** Lets what is under way come to a good place, and writes what was measured. */
  stop(): Promise<void>;
}

interface Job {
  name: string;
  /** Once in that time, over all processes; `own`: in each process. */
  everyMs: number;
  own?: boolean;
  run: (ctx: Context) => Promise<void>;
}

/** What the clock does. Every process asks; a lease in the database decides who does it, so that it goes on when one dies. */
function jobsOf(container: Container, samples: Samples, stop: AbortSignal): Job[] {
  const { cache, config, idempotency, log, repos } = container;
  const jobs: Job[] = [
    { name: 'samples', everyMs: SAMPLES_MS, own: true, run: () => writeSamples(container, samples) },
    {
      name: 'alerts',
      everyMs: MINUTE_MS,
      async run(ctx) {
        const { requestId } = ctx;
        // A title may hold a seller's name.
        for (const { kind, sellerId, evidence } of await evaluateAlerts(ctx))
          log.warn({ requestId, alert: kind, sellerId, evidence }, 'alert');
      },
    },
    {
      name: 'adopt-tasks',
      everyMs: MINUTE_MS,
      async run(ctx) {
        const tasks = await adoptTasks(ctx);
        if (tasks > 0) log.info({ requestId: ctx.requestId, tasks }, 'added tasks for work that had none');
      },
    },
    { name: 'due-orders', everyMs: 30 * SECOND_MS, run: (ctx) => endOrders(container, ctx, stop) },
    {
      name: 'payment-events',
      everyMs: 5 * MINUTE_MS,
      async run(ctx) {
        const events = await pullProviderEvents(ctx);
        if (events > 0) log.info({ requestId: ctx.requestId, events }, 'read events of the payment provider that no webhook had brought');
      },
    },
    {
      name: 'payouts',
      everyMs: MINUTE_MS,
      async run(ctx) {
        await schedulePayouts(ctx);
      },
    },
    {
      name: 'payout-checks',
      everyMs: 10 * MINUTE_MS,
      async run(ctx) {
        const [payouts, accounts] = [await schedulePayoutChecks(ctx), await checkPayoutAccounts(ctx)];
        if (payouts + accounts > 0)
          log.info({ requestId: ctx.requestId, payouts, accounts }, 'asked the payout provider about what no event had come for');
      },
    },
    { name: 'reconcile', everyMs: DAY_MS, run: scheduleReconciliation },
    { name: 'images', everyMs: 10 * MINUTE_MS, run: (ctx) => cleanImages(container, ctx) },
    { name: 'private-data', everyMs: HOUR_MS, run: (ctx) => purgePrivateData(container, ctx) },
    {
      name: 'fold-listings',
      everyMs: MINUTE_MS,
      async run(ctx) {
        const listings = await foldListings(ctx, stop);
        if (listings > 0) log.info({ requestId: ctx.requestId, listings }, 'folded the words of listings that had none');
      },
    },
    {
      name: 'cache-invalidations',
      everyMs: 10 * SECOND_MS,
      async run() {
        const rows = await cache.completeLeftOver();
        if (rows > 0) log.info({ rows }, 'completed left-over cache invalidations');
      },
    },
    {
      name: 'rollouts',
      everyMs: ROLLOUTS_MS,
      async run(ctx) {
        for (const step of await advanceRollouts(ctx)) log.warn({ requestId: ctx.requestId, ...step }, 'a rollout moved');
      },
    },
    {
      name: 'housekeeping',
      everyMs: HOUR_MS,
      async run(ctx) {
        const ago = (ms: number) => new Date(ctx.now().getTime() - ms);
        await ctx.change((tx) => tx.repos.metrics.condenseSamples(ago(2 * HOUR_MS)));
        const rows = await repos.metrics.purge({ samples: ago(92 * DAY_MS), events: ago(7 * DAY_MS), sessions: ago(30 * DAY_MS) });
        const keys = await idempotency.purgeBefore(ago(DAY_MS));
        const nonces = (await repos.wallets.purgeNonces(ago(DAY_MS))) + (await repos.passkeys.purgeChallenges(ago(DAY_MS)));
        const attempts = await repos.attempts.purge(ago(DAY_MS));
        const tasks = await repos.tasks.purge({ done: ago(7 * DAY_MS), dead: ago(90 * DAY_MS) });
        const events = await repos.providerEvents.purge(ago(40 * DAY_MS)); // Stripe lists those of 30 days
        const deleted = rows + keys + nonces + attempts + tasks + events;
        if (deleted > 0) log.info({ requestId: ctx.requestId, rows: deleted }, 'discarded rows after their retention period');
      },
    },
  ];
  if (config.verifyIntervalMs > 0)
    jobs.push(
      { name: 'verify-aggregates', everyMs: config.verifyIntervalMs, run: scheduleVerification },
      { name: 'verify-ledger', everyMs: config.verifyIntervalMs, run: scheduleLedgerVerification },
    );
  return jobs;
}

/** Ends states of orders whose time is over; an order that fails is reported, and tried again later. */
async function endOrders({ log }: Container, ctx: Context, stop: AbortSignal): Promise<void> {
  const { failed, ...counts } = await endDueOrders(ctx, stop);
  const { requestId } = ctx;
  if (Object.values(counts).some((count) => count > 0)) log.info({ requestId, ...counts }, 'ended states of orders whose time was over');
  for (const { orderId, error } of failed) reportFailure(log, { job: 'due-orders', requestId, orderId }, error);
}

async function writeSamples({ repos }: Container, samples: Samples): Promise<void> {
  const taken = samples.take();
  if (taken.length === 0) return;
  try {
    await repos.metrics.saveSamples(taken, new Date());
  } catch (error) {
    samples.putBack(taken); // while the database is away there is the most to tell
    throw error;
  }
}

/** Runs what is due, in every process, until stopped. */
export function startJobs(container: Container, samples: Samples): Jobs {
  const { holder, log, metrics, repos, worker } = container;
  const newId = (name: string) => `${name}-${randomUUID().slice(0, 8)}`;
  const contextOf = (name: string, requestId = newId(name)) => container.context({ kind: 'system', name }, requestId);
  /** By a clock that never jumps. */
  const dueAt = new Map<string, number>();
  const stopping = new AbortController();
  const jobs = jobsOf(container, samples, stopping.signal);
  let busy: Promise<void> | null = null;

  const runDue = async () => {
    for (const { name, everyMs, own, run } of jobs) {
      if (stopping.signal.aborted) return;
      const now = performance.now();
      if (now < (dueAt.get(name) ?? 0)) continue;
      // Others ask as well: a lease that was refused is asked for again soon, for who holds it may die.
      dueAt.set(name, now + (own ? everyMs : Math.min(everyMs, 15 * SECOND_MS)));
      await attempt(name, async () => {
        if (!own && !(await repos.maintenance.lease(name, holder, everyMs, new Date()))) return;
        const ctx = contextOf(name);
        const succeeded = await performJob(log, { job: name, requestId: ctx.requestId, quiet: own ?? false }, () => run(ctx));
        metrics.jobEnded(name, succeeded);
      });
    }
  };
  const attempt = async (name: string, work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      metrics.jobEnded(name, false);
      reportFailure(log, { job: name }, error);
    }
  };
  const tick = () => {
    busy ??= runDue().finally(() => (busy = null));
  };
  const timer = setInterval(tick, TICK_MS);
  tick();
  worker.start();
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await Promise.all([busy, worker.stop()]);
      await attempt('samples', () => writeSamples(container, samples));
    },
  };
}
