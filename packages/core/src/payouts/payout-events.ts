import type { Context, Tx } from '../kernel/context.ts';
import type { ProviderEventRow } from '../payments/ports.ts';
import { saveAccount } from '../payout-accounts/read-account.ts';
import { checkAtBank } from './check-payout.ts';

interface PayoutEvent {
  subject: Exclude<ProviderEventRow['subject'], 'payment' | 'refund' | 'dispute'>;
  reference: string;
}

/**
 * Acts on an event about an account, a payout or a transfer: asks the provider what it is now, and writes that down.
 * @returns in a change: why the event is parked; null where it is done
 */
export async function preparePayoutEvent(ctx: Context, { subject, reference }: PayoutEvent): Promise<(tx: Tx) => Promise<string | null>> {
  const provider = ctx.services.payments.payouts;
  if (!provider) return () => Promise.resolve('Payouts through this provider are switched off.');
  if (subject === 'account') {
    const known = await ctx.repos.payoutAccounts.findByReference(reference);
    const found = known && (await provider.account(reference));
    if (!found) return () => Promise.resolve(known ? 'The provider does not know it.' : 'No seller of this marketplace has this account.');
    return async (tx) => ((await saveAccount(tx, reference, found)) ? null : 'No seller of this marketplace has this account.');
  }
  const call = await ctx.repos.payoutCalls.findByReference(reference);
  // The answer that names it may be lost: whether it is ours is known once the call is looked up, and the payout is checked then.
  if (!call && (await ctx.repos.payoutCalls.hasOpen())) return () => Promise.resolve(null);
  if (!call) return () => Promise.resolve(`No payout of this marketplace has this ${subject}: it was made at the provider.`);
  if (subject === 'payout') {
    await checkAtBank(ctx, { id: call.payoutId });
    return () => Promise.resolve(null);
  }
  return async (tx) => {
    const calls = await tx.repos.payoutCalls.listOf([call.payoutId]);
    if (calls.some(({ kind }) => kind === 'reversal')) return null;
    return `The transfer of payout ${call.payoutId} was reversed at the provider: the seller’s balance here has nothing of it.`;
  };
}
