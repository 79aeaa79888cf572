import type { Reads } from '../kernel/context.ts';
import type { PayoutAccountRow } from '../payout-accounts/ports.ts';
import { usedAccountOf } from '../payout-accounts/used-account.ts';
import { stateOfDetails } from '../payout-details/payout-details.ts';
import type { PayoutPolicy, PayoutSettingsRow } from './ports.ts';
import { judgePayout, type PayoutDestinationState, type PayoutJudgement } from './rules.ts';
import { nextPayoutAt } from './schedule.ts';
import type { PayableMoney } from './seller-money.ts';

/** Where a seller's money can go, as it may be shown. */
export interface PayoutDestinationFacts extends PayoutDestinationState {
  masked: string;
}

/** What is known of a seller's payouts besides the money. */
export interface SellerPayoutFacts {
  settings: PayoutSettingsRow;
  /** A bank account or a wallet. */
  details: PayoutDestinationFacts | null;
  /** The account at the payout provider; null where there is none, or it is not used. */
  account: PayoutAccountFacts | null;
  hasUnresolved: boolean;
}

export interface PayoutAccountFacts extends PayoutDestinationFacts {
  provider: string;
  /** The provider's; null until it has one. */
  reference: string | null;
}

/** The settings of a seller, or those that a seller without any has. */
export async function payoutSettingsOf(reads: Reads, sellerId: number): Promise<PayoutSettingsRow> {
  const { schedule } = reads.settings.payouts;
  const none = { heldReason: null, heldAt: null, returnedAt: null };
  return (await reads.repos.payouts.settings(sellerId)) ?? { schedule, nextAt: nextPayoutAt(schedule, reads.now()), ...none };
}

export async function payoutFactsOf(reads: Reads, sellerId: number): Promise<SellerPayoutFacts> {
  const account = await usedAccountOf(reads, sellerId);
  return {
    settings: await payoutSettingsOf(reads, sellerId),
    details: await detailsOf(reads, sellerId),
    account: account && accountFacts(account),
    hasUnresolved: await reads.repos.payouts.hasUnresolved(sellerId),
  };
}

/** The bank account or wallet of a seller; null where there is none. */
export async function detailsOf(reads: Reads, sellerId: number): Promise<PayoutDestinationFacts | null> {
  const details = await reads.repos.payoutDetails.find(sellerId);
  return details && { ...details, state: await stateOfDetails(reads, details) };
}

const ACCOUNT_STATES = {
  none: 'account-unfinished',
  onboarding: 'account-unfinished',
  restricted: 'account-restricted',
  ready: 'ready',
} as const;

const accountFacts = ({ provider, reference, state, currency, masked, confirmedAt }: PayoutAccountRow): PayoutAccountFacts => ({
  method: 'stripe',
  provider,
  reference,
  currency,
  state: ACCOUNT_STATES[state],
  masked: masked === null ? 'Stripe' : `Stripe, ${masked}`,
  updatedAt: confirmedAt,
});

/**
 * Where money of a seller in a currency goes: to the account at the provider if it is set up for the currency, else to the bank account or
 * wallet in their payout details.
 */
export function destinationOf(
  { account, details }: Pick<SellerPayoutFacts, 'account' | 'details'>,
  currency: string,
): PayoutDestinationFacts | null {
  if (!details) return account;
  return account && account.state !== 'account-unfinished' && account.currency === currency ? account : details;
}

/** The least amount that is paid out, in minor units: the smallest unit where none is set. */
export const minimumOf = ({ minimums }: PayoutPolicy, currency: string): bigint => minimums.get(currency) ?? 1n;

/** Whether money of a seller is paid out now, or why not. */
export function judgeMoney({ settings: { payouts: policy } }: Reads, facts: SellerPayoutFacts, money: PayableMoney): PayoutJudgement {
  const { settings, hasUnresolved } = facts;
  const details = destinationOf(facts, money.currency);
  return judgePayout({
    ...money,
    minimum: minimumOf(policy, money.currency),
    reserveBps: policy.reserveBps,
    unit: details?.method === 'stripe' ? (policy.unitOf?.(money.currency) ?? 1n) : 1n,
    isOnHold: settings.heldReason !== null,
    returnedAt: settings.returnedAt,
    hasUnresolved,
    details,
  });
}
