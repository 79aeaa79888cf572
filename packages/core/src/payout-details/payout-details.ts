import type { FieldError, OwnerProof, PayoutDetailsInput, PayoutDetailsView } from '@assay/contract';
import { emailOwner } from '../accounts/notify-owner.ts';
import { lockProven, proveOwner } from '../accounts/prove-owner.ts';
import type { AccountRow } from '../accounts/ports.ts';
import { requireSystem, requireUser } from '../kernel/actor.ts';
import type { AuditAction } from '../kernel/audit-actions.ts';
import type { Context, Tx } from '../kernel/context.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { resealRows, type Resealed } from '../kernel/seal.ts';
import { AppError } from '../kernel/errors.ts';
import { payoutChangedMessage } from '../mail/messages.ts';
import { requireSeller } from '../sellers/require-seller.ts';
import type { PayoutDestination, PayoutDetailsRow, PayoutSeal } from './ports.ts';
import { maskOf } from './rules.ts';

/** My payout details, masked. @throws AppError UNAUTHENTICATED, SESSION_ENDED */
export async function getPayoutDetails(ctx: Context): Promise<PayoutDetailsView> {
  const user = requireUser(ctx.actor);
  const [account, row] = await Promise.all([ctx.repos.accounts.findById(user.id), ctx.repos.payoutDetails.find(user.id)]);
  if (!account) throw new AppError('SESSION_ENDED');
  return {
    offered: ctx.pure.payouts.seal !== null,
    asksPassword: account.passwordHash !== null,
    details: row && {
      method: row.method,
      masked: row.masked,
      currency: row.currency,
      state: await stateOf(ctx, row),
      updatedAt: row.updatedAt.toISOString(),
    },
  };
}

/** Whether it can be used as it stands. */
async function stateOf(ctx: Context, { userId, keyId, sealed }: PayoutDetailsRow): Promise<'ready' | 'wallet-gone' | 'unreadable'> {
  const destination = ctx.pure.payouts.seal?.unseal(userId, keyId, sealed) ?? null;
  if (!destination) return 'unreadable';
  if (destination.method === 'bank') return 'ready';
  const wallets = await ctx.repos.wallets.listOf(userId);
  return wallets.some(({ address }) => address === destination.wallet) ? 'ready' : 'wallet-gone';
}

/**
 * Saves my payout details, and notifies me by e-mail.
 * @throws AppError UNAUTHENTICATED, PAYOUT_NOT_SET_UP, SELLER_NOT_FOUND, VALIDATION_FAILED, WALLET_NOT_FOUND, EDIT_CONFLICT, or why I am not
 * proved, see {@link proveOwner}
 */
export async function savePayoutDetails(ctx: Context, input: PayoutDetailsInput): Promise<PayoutDetailsView> {
  const { id } = requireUser(ctx.actor);
  const seal = requireSeal(ctx);
  const destination = destinationOf(ctx, input);
  const proven = await proveOwner(ctx, input);
  const masked = maskOf(destination, (address) => ctx.pure.walletMessages.checksum(address));
  await ctx.change(async (tx) => {
    await lockProven(tx, proven);
    await requireSeller(tx.repos, id);
    if (destination.method === 'crypto') await requireWallet(tx.repos, id, destination.wallet);
    const details = {
      userId: id,
      method: destination.method,
      sealed: seal.seal(id, destination),
      keyId: seal.keyId,
      masked,
      currency: destination.method === 'crypto' ? destination.currency : null,
    };
    await tx.repos.payoutDetails.save(details, tx.at);
    await recordChange(tx, proven, 'payout-details.changed', { method: destination.method }, masked);
  });
  return getPayoutDetails(ctx);
}

/**
 * Takes my payout details away.
 * @throws AppError UNAUTHENTICATED, EDIT_CONFLICT, or why I am not proved, see {@link proveOwner}
 */
export async function removePayoutDetails(ctx: Context, proof: OwnerProof): Promise<PayoutDetailsView> {
  const { id } = requireUser(ctx.actor);
  const proven = await proveOwner(ctx, proof);
  await ctx.change(async (tx) => {
    await lockProven(tx, proven);
    if (await tx.repos.payoutDetails.remove(id)) await recordChange(tx, proven, 'payout-details.removed', {}, null);
  });
  return getPayoutDetails(ctx);
}

/**
 * Reseals with the current key what an older key sealed, so that the older key can be removed. Called by a job.
 * @throws AppError FORBIDDEN
 */
export async function resealPayoutDetails(ctx: Context): Promise<Resealed> {
  requireSystem(ctx.actor);
  const { seal } = ctx.pure.payouts;
  if (!seal) return { resealed: 0, unreadable: 0 };
  const { payoutDetails } = ctx.repos;
  return resealRows(
    seal,
    (after, limit) => payoutDetails.sealedByOthers(seal.keyId, after, limit),
    ({ userId, version }, to) => payoutDetails.reseal({ userId, version, ...to }),
  );
}

function requireSeal(ctx: Context): PayoutSeal {
  const { seal } = ctx.pure.payouts;
  if (!seal) throw new AppError('PAYOUT_NOT_SET_UP');
  return seal;
}

/** @throws AppError VALIDATION_FAILED */
function destinationOf(ctx: Context, input: PayoutDetailsInput): PayoutDestination {
  if (input.method === 'crypto') return { method: 'crypto', wallet: input.wallet.toLowerCase(), currency: input.currency };
  const { banks } = ctx.pure.payouts;
  const iban = banks.iban(input.iban);
  const bic = input.bic ? banks.bic(input.bic) : null;
  const fields: FieldError[] = [];
  if (!iban) fields.push({ field: 'iban', message: 'This is not an IBAN that a bank gives out. Look for a mistyped digit.' });
  if (input.bic && !bic) fields.push({ field: 'bic', message: 'This is not a BIC: 8 or 11 letters and digits.' });
  if (!iban || fields.length > 0) throw new AppError('VALIDATION_FAILED', { fields });
  return { method: 'bank', holder: input.holder, iban, bic };
}

async function requireWallet(repos: Repositories, userId: number, address: string): Promise<void> {
  if (!(await repos.wallets.listOf(userId)).some((wallet) => wallet.address === address)) throw new AppError('WALLET_NOT_FOUND');
}

/** Audit, event and e-mail, all without the numbers. */
async function recordChange(
  tx: Tx,
  account: AccountRow,
  action: AuditAction<'user'>,
  detail: Record<string, unknown>,
  masked: string | null,
): Promise<void> {
  const { id, fullName } = account;
  await tx.audit(action, 'user', id, detail);
  await tx.publish('payout-details.changed', { userId: id });
  await emailOwner(tx, account, 'payout-changed', payoutChangedMessage(tx.settings.publicUrl, fullName, masked));
}
