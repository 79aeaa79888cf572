import type { Reads } from '../kernel/context.ts';
import type { PayoutAccountRow } from './ports.ts';

/** The account through which a seller is paid out; null where accounts are not offered, and where the seller has none or stopped using it. */
export async function usedAccountOf({ repos, settings }: Reads, sellerId: number): Promise<PayoutAccountRow | null> {
  if (!settings.payouts.unitOf) return null;
  const account = await repos.payoutAccounts.find(sellerId);
  return account?.stoppedAt === null ? account : null;
}

/** Whether a seller has entered at the provider what it asked for first: it may still restrict the account. */
export async function hasEnteredDetails(reads: Reads, sellerId: number): Promise<boolean> {
  const account = await usedAccountOf(reads, sellerId);
  return account?.state === 'ready' || account?.state === 'restricted';
}
