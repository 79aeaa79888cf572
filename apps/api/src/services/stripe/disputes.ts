import type { ChargebackStatus } from '@assay/contract';
import type { ProviderDispute, ProviderObject } from '@assay/core';
import type { Stripe } from 'stripe';
import { e8OfStripeAmount } from './amounts.ts';

const STATUSES: Partial<Record<string, ChargebackStatus>> = {
  warning_needs_response: 'inquiry',
  warning_under_review: 'inquiry',
  needs_response: 'open',
  under_review: 'open',
  won: 'won',
  lost: 'lost',
};

/**
 * A dispute as the product reads it. The balance transactions say what moved: one that takes the money, one that gives it back after a win,
 * each with its fee. States that Stripe adds later are ends without a loss: the money alone says more.
 */
export function disputeOf(dispute: Stripe.Dispute, payment: ProviderObject | null): ProviderDispute {
  const currency = dispute.currency.toUpperCase();
  const moved = dispute.balance_transactions;
  const dueBy = dispute.evidence_details.due_by;
  return {
    payment,
    currency,
    amountE8: e8OfStripeAmount(dispute.amount, currency),
    status: STATUSES[dispute.status] ?? 'closed',
    reason: dispute.reason,
    steps: moved.length,
    isWithdrawn: moved.some(({ amount }) => amount < 0),
    isReinstated: moved.some(({ amount }) => amount > 0),
    fee: feeOf(moved),
    evidenceDueAt: dueBy ? new Date(dueBy * 1000) : null,
    openedAt: new Date(dispute.created * 1000),
  };
}

/** What Stripe charges, less what it gave back; in the currency in which it settles. */
function feeOf(moved: readonly Stripe.BalanceTransaction[]): ProviderDispute['fee'] {
  const [first] = moved;
  if (!first) return null;
  const currency = first.currency.toUpperCase();
  const fee = moved.reduce((sum, one) => sum + one.fee, 0);
  return { amountE8: e8OfStripeAmount(Math.max(fee, 0), currency), currency };
}
