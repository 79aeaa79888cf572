import { requireSystem } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { exponential, type TaskHandler } from '../kernel/task.ts';
import type { PayoutStatus } from '@assay/contract';
import {
  addCall,
  counts,
  failureOf,
  lookUpPayoutCall,
  openCallOf,
  payoutTaskKey,
  sendPayoutCall,
  type OpenCall,
  type PayoutCallOutcome,
} from './payout-calls.ts';
import { payoutSettingsOf } from './payout-state.ts';
import type { PayoutCallRow, PayoutRow } from './ports.ts';
import { movePayout, notifySeller, settlePayout } from './settle-payout.ts';

const HOUR_MS = 3_600_000;

type RestingStatus = Extract<PayoutStatus, 'pending' | 'sent' | 'paid' | 'unresolved'>;

/**
 * Sends a payout through the provider, call by call, each with its own key: repeated after a crash, a lost answer or a failed commit, each
 * moves money once. The attempts last longer than the key.
 */
export const sendPayout: TaskHandler<'payout.send'> = {
  attemptsMax: 16,
  retryAfterMs: exponential(30_000, 4 * HOUR_MS),
  concurrency: 4,
  async run(ctx, { payoutId }) {
    requireSystem(ctx.actor);
    for (;;) {
      const open = await openCallOf(ctx, payoutId);
      if (!open) return;
      const isHeld = await isOnHold(ctx, open);
      if (isHeld && open.payout.status === 'pending') return; // the release adds another task
      const outcome = isHeld ? await lookUpPayoutCall(ctx, open) : await sendPayoutCall(ctx, open);
      await ctx.change((tx) => settleCall(tx, open.call, outcome));
      if (outcome.status === 'unknown') throw outcome.error;
      if (outcome.status === 'not-found') throw new Error('The provider does not know it yet.');
      if (outcome.status === 'not-yet') return;
    }
  },
};

/** While a seller is on hold, nothing is sent to their account or bank: what has no outcome is looked up, and not sent again. */
const isOnHold = async (ctx: Context, { payout, call }: OpenCall): Promise<boolean> =>
  call.kind !== 'reversal' && (await payoutSettingsOf(ctx, payout.sellerId)).heldReason !== null;

/** Writes down what is known of a call, and what follows from it. Does nothing where another run has settled it. */
export async function settleCall(tx: Tx, call: PayoutCallRow, outcome: PayoutCallOutcome): Promise<void> {
  const { payoutCalls, payouts } = tx.repos;
  const payout = await payouts.find(call.payoutId);
  if (!payout) throw new Error(`The payout ${call.payoutId} of a call is missing.`);
  if (outcome.status === 'not-found' || !counts(payout, call)) return;
  const failure = failureOf(outcome);
  switch (outcome.status) {
    case 'done':
      if (await payoutCalls.settle(call, { status: 'done', reference: outcome.reference, failure: null }, tx.at))
        await onDone(tx, payout, call);
      return;
    case 'refused':
      if (await payoutCalls.settle(call, { status: 'refused', failure }, tx.at)) await onRefused(tx, payout, call, outcome.reason);
      return;
    case 'unknown':
      if (await payoutCalls.settle(call, { status: 'unresolved', failure }, tx.at)) await move(tx, payout, 'unresolved', failure);
      return;
    default: // what the provider never got, or refused for now, is sent with a new key
      if (!(await payoutCalls.renewKey(call, failure, tx.at))) return;
      await move(tx, payout, await restingState(tx, payout), failure);
      if (outcome.status === 'not-yet') await sendLater(tx, call);
  }
}

async function onDone(tx: Tx, payout: PayoutRow, { kind, provider, account }: PayoutCallRow): Promise<void> {
  if (kind === 'transfer') {
    await addCall(tx, payout, 'payout', { provider, account });
    await move(tx, payout, 'pending', null);
  } else if (kind === 'payout') {
    if (await move(tx, payout, 'sent', null)) await notifySeller(tx, payout);
  } else {
    const why = (await tx.repos.payoutCalls.listOf([payout.id])).find((one) => one.kind === 'payout');
    await settlePayout(tx, payout, payout.status === 'paid' || payout.settledAt ? 'returned' : 'failed', why?.failure ?? null);
  }
}

async function onRefused(tx: Tx, payout: PayoutRow, { kind, provider, account }: PayoutCallRow, reason: string): Promise<void> {
  if (kind === 'transfer') return settlePayout(tx, payout, 'failed', reason);
  if (kind === 'reversal') return void (await move(tx, payout, 'unresolved', `The transfer could not be reversed: ${reason}`));
  await addCall(tx, payout, 'reversal', { provider, account });
  await tx.repos.payouts.markReturned(payout.sellerId, tx.at);
  await move(tx, payout, 'pending', reason);
}

const sendLater = (tx: Tx, { payoutId, kind, attempt }: PayoutCallRow): Promise<void> =>
  tx.enqueue(
    'payout.send',
    { payoutId },
    { key: payoutTaskKey(payoutId, `${kind}:${attempt + 1}`), notBefore: new Date(tx.at.getTime() + HOUR_MS) },
  );

/** Where a payout is when nothing about it is unresolved. */
async function restingState(tx: Tx, { id, settledAt }: PayoutRow): Promise<RestingStatus> {
  if (settledAt) return 'paid';
  const calls = await tx.repos.payoutCalls.listOf([id]);
  return calls.some(({ kind, status }) => kind === 'payout' && status === 'done') ? 'sent' : 'pending';
}

/** @returns false where it is there already */
async function move(tx: Tx, payout: PayoutRow, to: RestingStatus, reason: string | null): Promise<boolean> {
  if (payout.status === to) return false;
  await movePayout(tx, payout, to, reason);
  return true;
}
