import { PAYOUT_ACCOUNT_RETURN, type OpenPayoutAccountInput, type PayoutAccountLink } from '@assay/contract';
import { emailOwner } from '../accounts/notify-owner.ts';
import { lockProven, proveOwner, type ProvenOwner } from '../accounts/prove-owner.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { Raced } from '../kernel/raced.ts';
import { payoutChangedMessage } from '../mail/messages.ts';
import { isKeyDead, unknownReason } from '../payments/provider-call.ts';
import { requireSeller } from '../sellers/require-seller.ts';
import { readAccount } from './read-account.ts';
import type { PayoutAccountRow, PayoutProvider } from './ports.ts';

/** What e-mails say of where the money goes. */
const AT_PROVIDER: Record<string, string> = { stripe: 'your account at Stripe' };

/**
 * Makes my account at the payout provider, unless I have one, and leads me to the provider's page that asks for what is missing. The row
 * with its key is committed before the provider is asked: pressed twice, or again after a lost answer, it makes one account. An account
 * that was not used any more is used again.
 * @throws AppError UNAUTHENTICATED, PAYOUT_ACCOUNTS_NOT_OFFERED, SELLER_NOT_FOUND, VALIDATION_FAILED (the provider takes no sellers of
 * that country), PROVIDER_UNAVAILABLE, EDIT_CONFLICT, or why I am not proved, see {@link proveOwner}
 */
export async function openPayoutAccount(ctx: Context, input: OpenPayoutAccountInput): Promise<PayoutAccountLink> {
  const provider = requirePayoutProvider(ctx);
  const proven = await proveOwner(ctx, input);
  const account = await confirmAccount(ctx, proven, input.country);
  try {
    const reference = account.reference ?? (await makeAccount(ctx, provider, account, proven.email));
    await readAccount(ctx, provider, { reference });
    const page = `${ctx.settings.publicUrl}${PAYOUT_ACCOUNT_RETURN}`;
    return { url: await provider.accountLink(reference, { returnUrl: page, refreshUrl: `${page}?expired=1` }) };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('PROVIDER_UNAVAILABLE', { message: `Stripe did not answer. Try again: ${unknownReason(error)}` });
  }
}

/** The account's row, with the key that it is made with. */
function confirmAccount(ctx: Context, proven: ProvenOwner, country: string): Promise<PayoutAccountRow> {
  const provider = ctx.services.payments.name;
  const { id, fullName } = proven;
  return ctx.change(async (tx) => {
    await lockProven(tx, proven);
    await requireSeller(tx.repos, id);
    const { payoutAccounts } = tx.repos;
    const before = await payoutAccounts.find(id);
    if (!before) await payoutAccounts.create({ sellerId: id, provider, country }, tx.at);
    else if (before.provider !== provider) throw new AppError('PAYOUT_ACCOUNTS_NOT_OFFERED');
    else await payoutAccounts.confirm(id, tx.at);
    const account = await payoutAccounts.find(id);
    if (!account) throw new Raced();
    await tx.audit('payout-account.opened', 'user', id, { provider, country: account.country });
    await tx.publish('payout-details.changed', { userId: id });
    if (!before || before.stoppedAt)
      await emailOwner(
        tx,
        proven,
        'payout-changed',
        payoutChangedMessage(tx.settings.publicUrl, fullName, AT_PROVIDER[provider] ?? provider),
      );
    return account;
  });
}

/** @returns the provider's reference. @throws AppError VALIDATION_FAILED; what the provider throws: the outcome is unknown then */
async function makeAccount(ctx: Context, provider: PayoutProvider, asked: PayoutAccountRow, email: string | null): Promise<string> {
  const { sellerId, country } = asked;
  let account = asked;
  if (isKeyDead(ctx, account)) {
    const found = await provider.findAccount(account.key, account.keyedAt);
    if (found !== null) return keepReference(ctx, account, found);
    await ctx.change((tx) => tx.repos.payoutAccounts.renewKey(account, tx.at));
    account = (await ctx.repos.payoutAccounts.find(sellerId)) ?? account;
    if (account.reference !== null) return account.reference; // another request was faster
  }
  const outcome = await provider.createAccount({ sellerId, email, country }, { idempotencyKey: account.key });
  if (outcome.status === 'done') return keepReference(ctx, account, outcome.reference);
  await ctx.change((tx) => tx.repos.payoutAccounts.removeUnmade(account));
  throw new AppError('VALIDATION_FAILED', { fields: [{ field: 'country', message: outcome.reason }] });
}

async function keepReference(ctx: Context, account: PayoutAccountRow, reference: string): Promise<string> {
  await ctx.change(async (tx) => {
    if (await tx.repos.payoutAccounts.setReference(account, reference, tx.at))
      await tx.audit('payout-account.made', 'user', account.sellerId, { provider: account.provider, reference });
  });
  return reference;
}

/** @throws AppError PAYOUT_ACCOUNTS_NOT_OFFERED */
export function requirePayoutProvider({ services }: Pick<Context, 'services'>): PayoutProvider {
  if (!services.payments.payouts) throw new AppError('PAYOUT_ACCOUNTS_NOT_OFFERED');
  return services.payments.payouts;
}
