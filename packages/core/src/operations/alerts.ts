import type { AlertKind, AlertView } from '@assay/contract';
import { requireRole, requireSystem } from '../kernel/actor.ts';
import type { AuditAction } from '../kernel/audit-actions.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { alertKey } from './deliver-alert.ts';
import { toAlertView } from './views.ts';
import { figuresOfRequests } from './metrics.ts';
import type { NewAlert, RequestSample } from './ports.ts';
import type { RolloutRow } from '../rollouts/ports.ts';
import { findSpikes, SPIKE_FROM, SPIKE_HOURS } from './spikes.ts';

/** The documents' thresholds. */
const ERROR_RATE_LIMIT = 0.05;
const RESPONSE_LIMIT_MS = 1000;
/** Both are looked at over this long, where there are enough requests to say anything. */
const WINDOW_MS = 5 * 60_000;
const REQUESTS_MIN = 20;
/** An alert whose condition has been away this long closes by itself. One that a person closed comes back no sooner either. */
const QUIET_MS = 10 * 60_000;
/** Kinds whose condition is the result of a verification. */
const VERIFIED = new Set<AlertKind>(['discrepancies', 'ledger']);
const HOUR_MS = 3_600_000;
const LOOK_BACK_MS = 5 * 60_000;

/**
 * Looks at everything that may deserve an alert: opens, refreshes and closes them. Returns what is new.
 * @throws AppError FORBIDDEN
 */
export async function evaluateAlerts(ctx: Context): Promise<NewAlert[]> {
  requireSystem(ctx.actor);
  const conditions = (
    await Promise.all([
      slowOrFailing(ctx),
      discrepancies(ctx),
      ledgerDifferences(ctx),
      providerDifferences(ctx),
      spikes(ctx),
      rollouts(ctx),
    ])
  ).flat();
  const raised: NewAlert[] = [];
  for (const condition of conditions) {
    const isNew = await ctx.change(async (tx) => {
      const alertId = await tx.repos.alerts.raise(condition, tx.at);
      if (alertId === null) return false;
      await tx.publish('alert.changed', { alertId });
      if (tx.settings.sendsAlerts) await tx.enqueue('alert.deliver', { alertId }, { key: alertKey(alertId) });
      return true;
    });
    if (isNew) raised.push(condition);
  }
  const present = new Set(conditions.map(({ key }) => key));
  for (const alert of await ctx.repos.alerts.ongoing()) {
    const quietMs = VERIFIED.has(alert.kind) ? 0 : QUIET_MS; // what was put right is right: nothing to wait for
    if (present.has(alert.key) || ctx.now().getTime() - alert.lastSeenAt.getTime() < quietMs) continue;
    await ctx.change(async (tx) => {
      if (alert.status !== 'closed') await tx.repos.alerts.close(alert.id, null, null, tx.at);
      await tx.repos.alerts.release(alert.id);
      await tx.publish('alert.changed', { alertId: alert.id });
    });
  }
  return raised;
}

async function slowOrFailing(ctx: Context): Promise<NewAlert[]> {
  const samples = await ctx.repos.metrics.requests(new Date(ctx.now().getTime() - WINDOW_MS));
  const judged = [...samples.map((sample) => ({ endpoint: sample.endpoint, samples: [sample] })), { endpoint: 'all endpoints', samples }]
    .map(({ endpoint, samples: own }: { endpoint: string; samples: RequestSample[] }) => ({ endpoint, ...figuresOfRequests(own) }))
    .filter(({ requests }) => requests >= REQUESTS_MIN);
  const failing = judged.filter(({ errorRate }) => errorRate! > ERROR_RATE_LIMIT).sort((a, b) => b.errorRate! - a.errorRate!)[0];
  const slow = judged.filter(({ p95Ms }) => p95Ms! > RESPONSE_LIMIT_MS).sort((a, b) => b.p95Ms! - a.p95Ms!)[0];
  const alerts: NewAlert[] = [];
  if (failing)
    alerts.push({
      kind: 'error-rate',
      key: 'error-rate',
      sellerId: null,
      title: `Error rate over ${100 * ERROR_RATE_LIMIT} %: ${(100 * failing.errorRate!).toFixed(1)} % at ${failing.endpoint}`.slice(0, 200),
      evidence: `${failing.errors} of ${failing.requests} requests in 5 minutes were answered with a server error.`,
    });
  if (slow)
    alerts.push({
      kind: 'response-time',
      key: 'response-time',
      sellerId: null,
      title: `Response time over 1 s: ${Math.round(slow.p95Ms!)} ms at ${slow.endpoint}`.slice(0, 200),
      evidence: `95 % of ${slow.requests} requests in 5 minutes were answered within ${Math.round(slow.p95Ms!)} ms.`,
    });
  return alerts;
}

async function discrepancies(ctx: Context): Promise<NewAlert[]> {
  const last = await ctx.repos.maintenance.lastVerification();
  if (!last || last.wrong === 0) return [];
  const names = await ctx.repos.sellers.names(last.findings.slice(0, 3).map(({ sellerId }) => sellerId));
  const some = last.findings.slice(0, 3).map(({ sellerId }) => names.get(sellerId) ?? `seller ${sellerId}`);
  const title =
    last.wrong === 1
      ? `${some[0] ?? 'A seller'}: the stored score differs from its ratings`
      : `${last.wrong} stored scores differ from their ratings`;
  return [
    {
      kind: 'discrepancies',
      key: 'discrepancies',
      sellerId: last.wrong === 1 ? (last.findings[0]?.sellerId ?? null) : null,
      title: title.slice(0, 200),
      evidence: `${some.join(', ').slice(0, 300)}${last.wrong > some.length ? ' and others' : ''}; found when ${last.sellers.toLocaleString('en')} accounts were compared.`,
    },
  ];
}

async function ledgerDifferences(ctx: Context): Promise<NewAlert[]> {
  const last = await ctx.repos.ledgerChecks.last();
  const first = last?.findings[0];
  if (!last || !first) return [];
  const { check, subject, currency, expected, found } = first;
  const title = last.differences === 1 ? 'The ledger has a difference' : `The ledger has ${last.differences} differences`;
  const evidence = `${check}, ${subject}: ${expected} ${currency} expected, ${found} found. Run: npm run verify-ledger`.slice(0, 500);
  return [{ kind: 'ledger', key: 'ledger', sellerId: null, title, evidence }];
}

/** What differs from the payment provider, until an admin has resolved it. */
async function providerDifferences(ctx: Context): Promise<NewAlert[]> {
  const [first] = await ctx.repos.reconciliation.open(1);
  if (!first) return [];
  const count = await ctx.repos.reconciliation.countOpen();
  const { check, kind, reference, here, there } = first;
  const title = count === 1 ? 'One payment differs from the payment provider' : `${count} payments differ from the payment provider`;
  const evidence = `${check}, ${kind} ${reference}: ${here} here, ${there} there. See the payments page.`.slice(0, 500);
  return [{ kind: 'ledger', key: 'reconciliation', sellerId: null, title, evidence }];
}

const WORDS: Partial<Record<RolloutRow['status'], string>> = { paused: 'waits for you', 'rolled-back': 'went back' };

/** A rollout that stands, or went back in the last day, and that no operator has looked at. */
async function rollouts(ctx: Context): Promise<NewAlert[]> {
  const since = ctx.now().getTime() - 24 * HOUR_MS;
  return (await ctx.repos.rollouts.latest())
    .filter(({ status, finishedAt }) => WORDS[status] && (finishedAt === null || finishedAt.getTime() > since))
    .map(({ id, flag, status, message }) => ({
      kind: 'rollout' as const,
      key: `rollout:${id}:${status}`,
      sellerId: null,
      title: `The rollout of ${flag} ${WORDS[status]}`,
      evidence: message ?? '',
    }));
}

async function spikes(ctx: Context): Promise<NewAlert[]> {
  const hour = Math.floor(ctx.now().getTime() / HOUR_MS) * HOUR_MS;
  // What came in the last minute of an hour is looked at when it is over.
  const hours = ctx.now().getTime() - hour < LOOK_BACK_MS ? [hour - HOUR_MS, hour] : [hour];
  return (await Promise.all(hours.map((one) => spikesOf(ctx, new Date(one))))).flat();
}

async function spikesOf(ctx: Context, hour: Date): Promise<NewAlert[]> {
  const paces = await ctx.repos.metrics.ratingPaces(hour, new Date(hour.getTime() - SPIKE_HOURS * HOUR_MS));
  if (paces.every(({ thisHour }) => thisHour < SPIKE_FROM)) return [];
  const sellers = await ctx.repos.metrics.countRatedSellers();
  return findSpikes(paces, sellers).map(({ sellerId, sellerName, thisHour, before, probability }) => ({
    kind: 'rating-spike' as const,
    key: `rating-spike:${sellerId}:${hour.toISOString()}`,
    sellerId,
    title: `Unusual number of ratings: ${thisHour} in an hour for ${sellerName}`.slice(0, 200),
    evidence: `Usually ${((before * 24) / SPIKE_HOURS).toFixed(1)} a day over four weeks. ${rarity(probability)}; alarms go off by chance in one of 1,000 hours, all sellers together.`,
  }));
}

/** "By chance in one of 24,000 hours" */
function rarity(probability: number): string {
  const hours = 1 / probability;
  const shown = hours > 1e6 ? 'less than one of a million' : `one of ${Number(hours.toPrecision(2)).toLocaleString('en')}`;
  return `By chance in ${shown} such hours of this seller`;
}

/** "I am looking at it." @throws AppError UNAUTHENTICATED, FORBIDDEN, ALERT_NOT_FOUND */
export function acknowledgeAlert(ctx: Context, input: { id: number }): Promise<AlertView> {
  return changeAlert(ctx, input.id, 'alert.acknowledged', null, ({ repos, at }, userId) => repos.alerts.acknowledge(input.id, userId, at));
}

/** "This is dealt with." @throws AppError UNAUTHENTICATED, FORBIDDEN, ALERT_NOT_FOUND */
export function closeAlert(ctx: Context, input: { id: number; note?: string | null | undefined }): Promise<AlertView> {
  const note = input.note || null;
  return changeAlert(ctx, input.id, 'alert.closed', note, ({ repos, at }, userId) => repos.alerts.close(input.id, userId, note, at));
}

async function changeAlert(
  ctx: Context,
  id: number,
  action: AuditAction<'alert'>,
  note: string | null,
  change: (tx: Tx, userId: number) => Promise<boolean>,
): Promise<AlertView> {
  const actor = requireRole(ctx.actor, 'admin', 'ops');
  return ctx.change(async (tx) => {
    if (!(await change(tx, actor.id))) throw new AppError('ALERT_NOT_FOUND');
    await tx.audit(action, 'alert', id, note ? { note } : undefined);
    await tx.publish('alert.changed', { alertId: id });
    const alert = await tx.repos.alerts.find(id);
    if (!alert) throw new AppError('ALERT_NOT_FOUND');
    return toAlertView(alert);
  });
}
