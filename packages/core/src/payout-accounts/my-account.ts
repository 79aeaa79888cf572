import type { OwnerProof, PayoutAccountView } from '@assay/contract';
import { lockProven, proveOwner } from '../accounts/prove-owner.ts';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { unknownReason } from '../payments/provider-call.ts';
import { requirePayoutProvider } from './open-account.ts';
import { readAccount } from './read-account.ts';

/** My account at the payout provider, as the provider said last. @throws AppError UNAUTHENTICATED, SESSION_ENDED */
export async function getPayoutAccount(ctx: Context): Promise<PayoutAccountView> {
  const { id } = requireUser(ctx.actor);
  const [owner, row] = await Promise.all([ctx.repos.accounts.findById(id), ctx.repos.payoutAccounts.find(id)]);
  if (!owner) throw new AppError('SESSION_ENDED');
  return {
    offered: ctx.services.payments.payouts !== undefined,
    asksPassword: owner.passwordHash !== null,
    account: row && {
      provider: row.provider,
      state: row.state,
      missing: row.missing?.split('\n') ?? [],
      country: row.country,
      currency: row.currency,
      masked: row.masked,
      isUsed: row.stoppedAt === null,
      updatedAt: row.updatedAt.toISOString(),
    },
  };
}

/**
 * Asks the provider what my account is now: after I was on its pages, for instance.
 * @throws AppError UNAUTHENTICATED, PAYOUT_ACCOUNTS_NOT_OFFERED, PROVIDER_UNAVAILABLE
 */
export async function checkPayoutAccount(ctx: Context): Promise<PayoutAccountView> {
  const { id } = requireUser(ctx.actor);
  const provider = requirePayoutProvider(ctx);
  const row = await ctx.repos.payoutAccounts.find(id);
  if (row?.reference && row.provider === ctx.services.payments.name) {
    try {
      await readAccount(ctx, provider, { reference: row.reference });
    } catch (error) {
      throw new AppError('PROVIDER_UNAVAILABLE', { message: `Stripe did not answer. Try again: ${unknownReason(error)}` });
    }
  }
  return getPayoutAccount(ctx);
}

/**
 * I am paid in another way from now on; payouts that are on their way go on.
 * @throws AppError UNAUTHENTICATED, EDIT_CONFLICT, or why I am not proved, see {@link proveOwner}
 */
export async function stopPayoutAccount(ctx: Context, proof: OwnerProof): Promise<PayoutAccountView> {
  const { id } = requireUser(ctx.actor);
  const proven = await proveOwner(ctx, proof);
  await ctx.change(async (tx) => {
    await lockProven(tx, proven);
    if (!(await tx.repos.payoutAccounts.stop(id, tx.at))) return;
    await tx.audit('payout-account.stopped', 'user', id);
    await tx.publish('payout-details.changed', { userId: id });
  });
  return getPayoutAccount(ctx);
}
