import type { Reads } from '../kernel/context.ts';
import type { PayoutDetailsRow } from '../payout-details/ports.ts';
import { stateOfDetails } from '../payout-details/payout-details.ts';
import type { PayoutPolicy, PayoutSettingsRow } from './ports.ts';
import { judgePayout, type PayoutDestinationState, type PayoutJudgement } from './rules.ts';
import { nextPayoutAt } from './schedule.ts';
import type { PayableMoney } from './seller-money.ts';

/** What is known of a seller's payouts besides the money. */
export interface SellerPayoutFacts {
  settings: PayoutSettingsRow;
  details: PayoutDetailsRow | null;
  destination: PayoutDestinationState | null;
  hasUnresolved: boolean;
}

/** The settings of a seller, or those that a seller without any has. */
export async function payoutSettingsOf(reads: Reads, sellerId: number): Promise<PayoutSettingsRow> {
  const { schedule } = reads.settings.payouts;
  const none = { heldReason: null, heldAt: null, returnedAt: null };
  return (await reads.repos.payouts.settings(sellerId)) ?? { schedule, nextAt: nextPayoutAt(schedule, reads.now()), ...none };
}

export async function payoutFactsOf(reads: Reads, sellerId: number): Promise<SellerPayoutFacts> {
  const [settings, details, hasUnresolved] = [
    await payoutSettingsOf(reads, sellerId),
    await reads.repos.payoutDetails.find(sellerId),
    await reads.repos.payouts.hasUnresolved(sellerId),
  ];
  const destination = details && { ...details, state: await stateOfDetails(reads, details) };
  return { settings, details, destination, hasUnresolved };
}

/** The least amount that is paid out, in minor units: the smallest unit where none is set. */
export const minimumOf = ({ minimums }: PayoutPolicy, currency: string): bigint => minimums.get(currency) ?? 1n;

/** Whether money of a seller is paid out now, or why not. */
export function judgeMoney({ settings: { payouts: policy } }: Reads, facts: SellerPayoutFacts, money: PayableMoney): PayoutJudgement {
  const { settings, destination, hasUnresolved } = facts;
  return judgePayout({
    ...money,
    minimum: minimumOf(policy, money.currency),
    reserveBps: policy.reserveBps,
    isOnHold: settings.heldReason !== null,
    returnedAt: settings.returnedAt,
    hasUnresolved,
    details: destination,
  });
}
