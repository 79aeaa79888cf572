import type { Context, Tx } from '../kernel/context.ts';
import { requireSystem } from '../kernel/actor.ts';
import type { PayoutAccountRow, PayoutProvider, ProviderAccount } from './ports.ts';

const HOUR_MS = 3_600_000;
/** So often the provider is asked about accounts that it said nothing of. */
const UNREADY_MS = HOUR_MS;
const READY_MS = 24 * HOUR_MS;
const CHECKED_MAX = 50;
const MISSING_MAX = 1000;

/** An account that the provider has closed. */
const CLOSED: ProviderAccount = { state: 'restricted', missing: ['The account was closed at the provider.'], currency: null, masked: null };

/** Asks the provider what an account is now, and writes that down. */
export async function readAccount(ctx: Context, provider: PayoutProvider, account: { reference: string }): Promise<void> {
  const found = (await provider.account(account.reference)) ?? CLOSED;
  await ctx.change((tx) => saveAccount(tx, account.reference, found));
}

/** Writes down what the provider says of an account. @returns false where it is none of ours */
export async function saveAccount(tx: Tx, reference: string, { missing, ...found }: ProviderAccount): Promise<boolean> {
  const { payoutAccounts } = tx.repos;
  const before = await payoutAccounts.findByReference(reference);
  if (!before) return false;
  const lines = missing.join('\n').slice(0, MISSING_MAX) || null;
  const now = { ...found, currency: found.currency ?? before.currency, masked: found.masked ?? before.masked, missing: lines };
  await payoutAccounts.save(reference, now, tx.at);
  if (isSame(before, now)) return true;
  const { sellerId } = before;
  if (before.state !== now.state)
    await tx.audit(`payout-account.${now.state}`, 'user', sellerId, { provider: before.provider, from: before.state });
  await tx.publish('payout-details.changed', { userId: sellerId });
  return true;
}

const isSame = (a: PayoutAccountRow, b: Pick<PayoutAccountRow, 'state' | 'missing' | 'currency' | 'masked'>): boolean =>
  a.state === b.state && a.missing === b.missing && a.currency === b.currency && a.masked === b.masked;

/**
 * Asks the provider about accounts of which no event came for a while, so that a missed one heals. Called by a job.
 * @returns how many it asked about
 * @throws AppError FORBIDDEN
 */
export async function checkPayoutAccounts(ctx: Context): Promise<number> {
  requireSystem(ctx.actor);
  const provider = ctx.services.payments.payouts;
  if (!provider) return 0;
  const ago = (ms: number) => new Date(ctx.now().getTime() - ms);
  const rows = await ctx.repos.payoutAccounts.toCheck({ unready: ago(UNREADY_MS), ready: ago(READY_MS) }, CHECKED_MAX);
  const ours = rows.filter(({ provider: name }) => name === ctx.services.payments.name);
  for (const { reference } of ours) if (reference !== null) await readAccount(ctx, provider, { reference });
  return ours.length;
}
