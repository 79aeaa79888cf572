import type { LookUpPayoutView } from '@assay/contract';
import { requireSystem } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { exponential, type TaskHandler } from '../kernel/task.ts';
import type { BankOutcome } from '../payout-accounts/ports.ts';
import { unknownReason } from '../payments/provider-call.ts';
import { addCall, lookUpPayoutCall, openCallOf, payoutTaskKey, providerOf } from './payout-calls.ts';
import type { PayoutCallRow, PayoutRow } from './ports.ts';
import { settleCall } from './send-payout.ts';
import { requireAdmin, settlePayout } from './settle-payout.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** So often the provider is asked about payouts that it said nothing of. */
const CHECKED_MS = 6 * HOUR_MS;
/** Banks return payouts for days after they took them. */
const RETURNED_MS = 14 * DAY_MS;
const CHECKED_MAX = 100;

/** Asks the provider what became of a payout at the bank, and writes that down. */
export const checkPayout: TaskHandler<'payout.check'> = {
  attemptsMax: 8,
  retryAfterMs: exponential(30_000, HOUR_MS),
  concurrency: 4,
  async run(ctx, { payoutId }) {
    requireSystem(ctx.actor);
    const payout = await ctx.repos.payouts.find(payoutId);
    if (payout) await checkAtBank(ctx, payout);
  },
};

/** @throws what the provider throws */
export async function checkAtBank(ctx: Context, { id }: Pick<PayoutRow, 'id'>): Promise<void> {
  const call = await bankCallOf(ctx, id);
  if (!call) return;
  const outcome = await providerOf(ctx, call).bankOutcome({ reference: call.reference, account: call.account });
  await ctx.change(async (tx) => {
    await tx.repos.payouts.markChecked(id, tx.at);
    await applyBankOutcome(tx, id, call, outcome);
  });
}

/** The payout from the seller's account to the bank, where the provider has accepted it. */
async function bankCallOf({ repos }: Pick<Context, 'repos'>, payoutId: number): Promise<(PayoutCallRow & { reference: string }) | null> {
  const calls = await repos.payoutCalls.listOf([payoutId]);
  const call = calls.find(({ kind, status }) => kind === 'payout' && status === 'done');
  return call?.reference ? { ...call, reference: call.reference } : null;
}

/**
 * What the provider says of a payout at the bank: paid once, and given back once. A failed one is in the seller's account at the provider:
 * its transfer is reversed before the seller has it again. No other payout is made meanwhile.
 */
async function applyBankOutcome(tx: Tx, id: number, call: PayoutCallRow, outcome: BankOutcome): Promise<void> {
  const payout = await tx.repos.payouts.find(id);
  if (!payout) return;
  if (outcome.status === 'paid' && payout.status === 'sent') return settlePayout(tx, payout, 'paid');
  if (outcome.status !== 'failed' || !(payout.status === 'sent' || payout.status === 'paid')) return;
  const calls = await tx.repos.payoutCalls.listOf([id]);
  if (calls.some(({ kind }) => kind === 'reversal')) return;
  await tx.repos.payoutCalls.noteFailure(call, outcome.reason, tx.at);
  await addCall(tx, payout, 'reversal', call);
  await tx.repos.payouts.markReturned(payout.sellerId, tx.at);
  await tx.audit('payout.reversing', 'payout', id, { sellerId: payout.sellerId, reason: outcome.reason });
  await tx.publish('payout.changed', { payoutId: id, sellerId: payout.sellerId, status: payout.status });
}

/** Adds tasks that check payouts of which no event came for a while, so that a missed one heals. Called by a job. @throws AppError FORBIDDEN */
export async function schedulePayoutChecks(ctx: Context): Promise<number> {
  requireSystem(ctx.actor);
  if (!ctx.services.payments.payouts) return 0;
  return ctx.change(async (tx) => {
    const ago = (ms: number) => new Date(tx.at.getTime() - ms);
    const ids = await tx.repos.payouts.toCheck({ checkedBefore: ago(CHECKED_MS), paidSince: ago(RETURNED_MS) }, CHECKED_MAX);
    for (const payoutId of ids) {
      const key = `payout-check:${payoutId}:${Math.floor(tx.at.getTime() / CHECKED_MS)}`;
      await tx.enqueue('payout.check', { payoutId }, { key });
    }
    return ids.length;
  });
}

/**
 * An admin has the provider asked now what became of a payout, and of each call without an outcome. A reversal that was refused is sent
 * again.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, PAYOUT_NOT_FOUND (also one of another method), PROVIDER_UNAVAILABLE
 */
export async function lookUpPayout(ctx: Context, { id }: { id: number }): Promise<LookUpPayoutView> {
  requireAdmin(ctx);
  const payout = await ctx.repos.payouts.find(id);
  if (payout?.method !== 'stripe') throw new AppError('PAYOUT_NOT_FOUND');
  const open = await openCallOf(ctx, id);
  const found = open && (await lookUpPayoutCall(ctx, open));
  if (found?.status === 'unknown') throw unavailable(found.error);
  await ctx.change(async (tx) => {
    if (open && found) await settleCall(tx, open.call, found);
    for (const call of await tx.repos.payoutCalls.listOf([id]))
      if (call.kind === 'reversal' && call.status === 'refused') await tx.repos.payoutCalls.renewKey(call, call.failure, tx.at);
    await tx.audit('payout.looked-up', 'payout', id, { sellerId: payout.sellerId, outcome: found?.status ?? null });
    await tx.enqueue('payout.send', { payoutId: id }, { key: payoutTaskKey(id, tx.requestId) });
  });
  try {
    await checkAtBank(ctx, payout);
  } catch (error) {
    throw unavailable(error);
  }
  return { status: (await ctx.repos.payouts.find(id))?.status ?? payout.status, outcome: found?.status ?? null };
}

const unavailable = (error: unknown): AppError =>
  new AppError('PROVIDER_UNAVAILABLE', { message: `The payment provider did not answer: ${unknownReason(error)}` });
