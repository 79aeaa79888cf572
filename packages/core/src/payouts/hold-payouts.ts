import { minorOf, parsePriceE8, type HoldPayoutsInput, type WriteOffInput } from '@assay/contract';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireNotOwn } from '../kernel/own-case.ts';
import { postWriteOff } from '../ledger/payout-money.ts';
import { requireSeller } from '../sellers/require-seller.ts';
import { payoutTaskKey } from './payout-calls.ts';
import { payoutSettingsOf } from './payout-state.ts';
import { requireAdmin } from './settle-payout.ts';

/** Of one seller: one for each currency and payout moment. */
const WAITING_MAX = 100;

/**
 * Holds the payouts of a seller, for a reason that the seller reads; those that are in a bank file already go on, and
 * the provider is sent nothing more.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, SELLER_NOT_FOUND
 */
export async function holdPayouts(ctx: Context, { sellerId, reason }: HoldPayoutsInput): Promise<void> {
  requireAdmin(ctx);
  await ctx.change(async (tx) => {
    await requireSeller(tx.repos, sellerId);
    await holdSeller(tx, sellerId, reason);
  });
}

/** Holds the payouts of a seller in the open change. Does nothing where they are on hold for that reason. */
export async function holdSeller(tx: Tx, sellerId: number, reason: string): Promise<void> {
  await tx.repos.payouts.ensureSettings(sellerId, await payoutSettingsOf(tx, sellerId), tx.at);
  if (!(await tx.repos.payouts.hold(sellerId, reason, tx.at))) return;
  await tx.audit('payouts.held', 'seller', sellerId, { reason });
  await tx.publish('payout-settings.changed', { sellerId });
}

/** Payouts of a seller go on. @throws AppError UNAUTHENTICATED, FORBIDDEN, OWN_CASE */
export async function releasePayouts(ctx: Context, { sellerId }: { sellerId: number }): Promise<void> {
  requireAdmin(ctx);
  requireNotOwn(ctx.actor, sellerId);
  await ctx.change((tx) => releaseSeller(tx, sellerId));
}

/** Ends a hold in the open change: payouts that wait for it are sent. Does nothing where there is none. */
export async function releaseSeller(tx: Tx, sellerId: number): Promise<void> {
  if (!(await tx.repos.payouts.hold(sellerId, null, tx.at))) return;
  for (const status of ['pending', 'unresolved'] as const)
    for (const { id, method } of await tx.repos.payouts.list({ sellerId, status, limit: WAITING_MAX }))
      if (method === 'stripe') await tx.enqueue('payout.send', { payoutId: id }, { key: payoutTaskKey(id, tx.requestId) });
  await tx.audit('payouts.released', 'seller', sellerId);
  await tx.publish('payout-settings.changed', { sellerId });
}

/**
 * Gives up what a seller owes, or a part of it.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, OWN_CASE, SELLER_NOT_FOUND, DEBT_TOO_SMALL, VALIDATION_FAILED
 */
export async function writeOffDebt(ctx: Context, { sellerId, currency, amount, reason }: WriteOffInput): Promise<void> {
  requireAdmin(ctx);
  requireNotOwn(ctx.actor, sellerId);
  const amountMinor = minorOf(parsePriceE8(amount), currency);
  await ctx.change(async (tx) => {
    await requireSeller(tx.repos, sellerId);
    await tx.repos.ledger.lock(sellerId, currency);
    const money = (await tx.repos.payouts.moneyOf(sellerId)).find((each) => each.currency === currency);
    if (!money || money.debt < amountMinor) throw new AppError('DEBT_TOO_SMALL');
    await postWriteOff(tx, { cause: `write-off:${crypto.randomUUID()}`, sellerId, currency, amountMinor });
    await tx.audit('payouts.written-off', 'seller', sellerId, { currency, amountMinor: String(amountMinor), reason });
    await tx.publish('payout-settings.changed', { sellerId });
  });
}
