import { RECONCILED_KINDS, type ReconciledKind, type ReconciliationDifference } from '@assay/contract';
import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { exponential, Interrupted, type TaskHandler } from '../kernel/task.ts';
import type { ProviderRecord, ProviderRecords } from '../payments/provider-records.ts';
import { holdSeller } from '../payouts/hold-payouts.ts';
import { payoutSettingsOf } from '../payouts/payout-state.ts';
import { compare, type Compared } from './compare.ts';
import type { Span } from './ports.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What was made just now may be under way on either side. */
const SETTLES_MS = HOUR_MS;
/** The first time, so much of the past is compared. */
const FIRST_MS = 7 * DAY_MS;
/** A run compares so many days at most; the next one goes on from there. */
const DAYS_MAX = 5;
const PAGE = 200;
/** Of chargebacks that go on, which may have moved since they were made. */
const OPEN_MAX = 500;

/** Why a seller's payouts are on hold, as the seller reads it. */
export const RECONCILIATION_HOLD = 'We compare one of your payments with the payment provider. Payouts go on when that is done.';

export interface Reconciliation {
  compared: number;
  differences: ReconciliationDifference[];
  /** Until when everything is compared now. */
  to: Date;
}

/**
 * Compares what the provider has of a span with what the marketplace has, day by day. Each difference is kept, once while no admin has resolved
 * it, and holds the payouts of the seller concerned alone. What is done twice changes nothing.
 * @throws AppError FORBIDDEN
 */
export async function reconcile(ctx: Context, span: Span, stop?: AbortSignal): Promise<Reconciliation> {
  requireSystem(ctx.actor);
  const { name, records } = ctx.services.payments;
  const total: Reconciliation = { compared: 0, differences: [], to: span.from };
  if (!records) return { ...total, to: span.to };
  while (total.to < span.to) {
    if (stop?.aborted) throw new Interrupted('The process stops, or has lost the task.');
    const from = total.to;
    const day = { from, to: new Date(Math.min(from.getTime() + DAY_MS, span.to.getTime())) };
    const { compared, differences } = await compareDay(ctx, records, day);
    for (const difference of differences) await keep(ctx, name, difference);
    await ctx.change((tx) => tx.repos.reconciliation.keepRun({ provider: name, ...day, compared, differences: differences.length }, tx.at));
    total.compared += compared;
    total.differences.push(...differences);
    total.to = day.to;
  }
  return total;
}

async function compareDay(ctx: Context, records: ProviderRecords, day: Span): Promise<Omit<Reconciliation, 'to'>> {
  const { name } = ctx.services.payments;
  const seen = new Set<string>();
  const differences: ReconciliationDifference[] = [];
  const look = async (of: Compared, record: ProviderRecord | null) => {
    const id = `${of.kind} ${of.reference}`;
    if (seen.has(id)) return;
    seen.add(id);
    if (!(await compare(ctx, name, of, record))) return;
    // Both sides are read again: what changed meanwhile is no difference.
    const confirmed = await compare(ctx, name, of, await records.find(of.kind, of.reference));
    if (confirmed) differences.push(confirmed);
  };
  for await (const record of records.list(day)) {
    const kind = record.kind === 'dispute' ? 'chargeback' : record.kind;
    await look({ kind, reference: record.reference, orderId: null, rowId: null }, record);
  }
  for (const kind of RECONCILED_KINDS)
    for await (const of of madeHere(ctx, kind, day))
      if (!seen.has(`${kind} ${of.reference}`)) await look(of, await records.find(kind, of.reference));
  return { compared: seen.size, differences };
}

/** What was made here on a day, and chargebacks that go on. */
async function* madeHere(ctx: Context, kind: ReconciledKind, day: Span): AsyncGenerator<Compared> {
  const { repos, services } = ctx;
  const { name } = services.payments;
  for (let after = 0; ;) {
    const rows = await repos.reconciliation.madeIn(kind, name, day, after, PAGE);
    for (const { id, orderId, reference } of rows) yield { kind, reference, orderId, rowId: id };
    if (rows.length < PAGE) break;
    after = rows.at(-1)!.id;
  }
  if (kind !== 'chargeback') return;
  for (const { id, orderId, reference, provider } of await repos.chargebacks.list({ ended: false, after: undefined, limit: OPEN_MAX }))
    if (provider === name) yield { kind, reference, orderId, rowId: id };
}

/** Keeps a difference, and holds the payouts of its seller. */
const keep = (ctx: Context, provider: string, difference: ReconciliationDifference): Promise<void> =>
  ctx.change(async (tx) => {
    if (!(await tx.repos.reconciliation.raise(provider, difference, tx.at))) return;
    const { sellerId, check, kind, reference, orderId } = difference;
    if (sellerId === null) return;
    await tx.audit('reconciliation.differs', 'seller', sellerId, { check, kind, reference, orderId });
    const { heldReason } = await payoutSettingsOf(tx, sellerId);
    if (heldReason === null) await holdSeller(tx, sellerId, RECONCILIATION_HOLD); // an admin's own reason stays
  });

/** Adds the task of the daily reconciliation, by the clock. @throws AppError FORBIDDEN */
export async function scheduleReconciliation(ctx: Context): Promise<void> {
  requireSystem(ctx.actor);
  if (!ctx.services.payments.records) return;
  await ctx.change((tx) => tx.enqueue('reconciliation.run', {}, { key: `reconciliation:${tx.at.getTime()}` }));
}

/** Compares what was not compared yet, a few days at most: another task goes on where this one ends. */
export const reconcileTask: TaskHandler<'reconciliation.run'> = {
  attemptsMax: 8,
  retryAfterMs: exponential(60_000, 4 * HOUR_MS),
  concurrency: 1,
  async run(ctx, _input, { signal }) {
    const { name } = ctx.services.payments;
    const now = ctx.now().getTime();
    const from = (await ctx.repos.reconciliation.reconciledTo(name)) ?? new Date(now - FIRST_MS);
    const until = now - SETTLES_MS;
    const to = new Date(Math.min(until, from.getTime() + DAYS_MAX * DAY_MS));
    if (to <= from) return { compared: 0, differences: 0 };
    const { compared, differences } = await reconcile(ctx, { from, to }, signal);
    if (to.getTime() < until)
      await ctx.change((tx) => tx.enqueue('reconciliation.run', {}, { key: `reconciliation:${name}:${to.getTime()}` }));
    return { compared, differences: differences.length };
  },
};
