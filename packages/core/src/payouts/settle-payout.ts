import type { PayoutStatus, SettlePayoutInput } from '@assay/contract';
import { emailOwner } from '../accounts/notify-owner.ts';
import { requireRole } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireNotOwn } from '../kernel/own-case.ts';
import { transition, type StateMachine } from '../kernel/transition.ts';
import { postPayoutReturned, postPayoutSettled } from '../ledger/payout-money.ts';
import { payoutReturnedMessage, payoutSentMessage } from '../mail/payout-messages.ts';
import { payoutCause } from './make-payout.ts';
import type { PayoutRow } from './ports.ts';
import { moneyText } from './views.ts';

/** From which states a payout gets into each; what is back in the balance stays there. */
const FROM: Record<PayoutStatus, readonly PayoutStatus[]> = {
  pending: ['sent'],
  sent: ['pending'],
  paid: ['pending', 'sent', 'unresolved'],
  failed: ['pending', 'sent', 'unresolved'],
  returned: ['sent', 'paid', 'unresolved'],
  unresolved: ['sent', 'paid'],
};

export const canBecome = (from: PayoutStatus, to: PayoutStatus): boolean => FROM[to].includes(from);

/** How a payout changes its state. */
const PAYOUT: StateMachine<PayoutRow, { reason: string | null }> = {
  update: (tx, row, to, { reason }) => tx.repos.payouts.transition(row, to, reason, tx.at),
  async record(tx, { id, sellerId, status, currency, amountMinor }, to, { reason }) {
    const detail = { sellerId, currency, amountMinor: String(amountMinor), from: status, ...(reason ? { reason } : {}) };
    await tx.audit(`payout.${to}`, 'payout', id, detail);
    await tx.publish('payout.changed', { payoutId: id, sellerId, status: to });
  },
};

/**
 * Ends a payout, moves its money, and notifies the seller. One that came back is in the balance again, once, and no other is made until
 * the seller changes the payout details; one that was never sent only goes back.
 * @param row as it was read in the same change
 * @throws Raced; AppError PAYOUT_SETTLED
 */
export async function settlePayout(tx: Tx, row: PayoutRow, to: PayoutStatus, reason: string | null = null): Promise<void> {
  if (!canBecome(row.status, to)) throw new AppError('PAYOUT_SETTLED');
  await transition(tx, PAYOUT, row, to, { reason });
  const { id, sellerId, currency, amountMinor, isTest } = row;
  const money = { cause: payoutCause(id), sellerId, currency, amountMinor, isTest };
  if (to === 'paid') await postPayoutSettled(tx, money);
  if (to === 'returned' || to === 'failed') await postPayoutReturned(tx, money);
  const cameBack = to === 'returned' || (to === 'failed' && (row.status !== 'pending' || row.method === 'stripe'));
  if (cameBack) await tx.repos.payouts.markReturned(sellerId, tx.at);
  if (cameBack || (to === 'paid' && row.status === 'pending')) await notifySeller(tx, row, cameBack);
}

/** Moves a payout that the provider sends between states in which its money stays where it is. @throws Raced */
export const movePayout = (tx: Tx, row: PayoutRow, to: 'pending' | 'sent' | 'paid' | 'unresolved', reason: string | null): Promise<void> =>
  transition(tx, PAYOUT, row, to, { reason });

/** An e-mail about a payout that is on its way, or came back. */
export async function notifySeller(tx: Tx, { sellerId, amountMinor, currency, masked }: PayoutRow, cameBack = false): Promise<void> {
  const account = await tx.repos.accounts.findById(sellerId);
  if (!account) return;
  const amount = `${moneyText(amountMinor, currency)} ${currency}`;
  const { publicUrl } = tx.settings;
  if (cameBack) await emailOwner(tx, account, 'payout-returned', payoutReturnedMessage(publicUrl, account.fullName, amount, masked));
  else await emailOwner(tx, account, 'payout-sent', payoutSentMessage(publicUrl, account.fullName, amount, masked));
}

/** An admin says how a payout ended, from the bank's own pages. @throws AppError UNAUTHENTICATED, FORBIDDEN, PAYOUT_NOT_FOUND, OWN_CASE, PAYOUT_SETTLED, PAYOUT_AT_PROVIDER */
export async function settlePayoutByHand(ctx: Context, { id, outcome, reason }: SettlePayoutInput): Promise<void> {
  requireAdmin(ctx);
  await ctx.change(async (tx) => {
    const row = await tx.repos.payouts.find(id);
    if (!row) throw new AppError('PAYOUT_NOT_FOUND');
    requireNotOwn(tx.actor, row.sellerId);
    // What the provider has, or is about to get, is not paid a second time by hand.
    if (row.method === 'stripe' && row.status !== 'unresolved') throw new AppError('PAYOUT_AT_PROVIDER');
    await settlePayout(tx, row, outcome, reason || null);
  });
}

/** Admins, and commands. @throws AppError UNAUTHENTICATED, FORBIDDEN, SECOND_FACTOR_REQUIRED */
export function requireAdmin({ actor }: Pick<Context, 'actor'>): void {
  if (actor.kind !== 'system') requireRole(actor, 'admin');
}
