// Lists to choose from about payouts. Free of zod, as in choices.ts.

/** How often a seller is paid out. */
export const PAYOUT_INTERVALS = ['daily', 'weekly', 'monthly'] as const;
export type PayoutInterval = (typeof PAYOUT_INTERVALS)[number];

/**
 * pending: the money is set aside and not sent yet; sent: it is with the bank; paid: the bank has confirmed it; failed: it was not sent,
 * and is back in the balance; returned: the bank sent it back, and it is back in the balance; unresolved: a person has to find out.
 */
export const PAYOUT_STATUSES = ['pending', 'sent', 'paid', 'failed', 'returned', 'unresolved'] as const;
export type PayoutStatus = (typeof PAYOUT_STATUSES)[number];

/** sepa: by a bank file; manual: an operator transfers it by hand; stripe: to the seller's account at Stripe, and from there to their bank. */
export const PAYOUT_METHODS = ['sepa', 'manual', 'stripe'] as const;
export type PayoutMethod = (typeof PAYOUT_METHODS)[number];

/** Why a seller with money gets none now, in the order in which it is judged. */
export const PAYOUT_REASONS = [
  'on-hold',
  'returned',
  'unresolved',
  'negative-balance',
  'no-details',
  'details-unreadable',
  'wallet-gone',
  'account-unfinished',
  'account-restricted',
  'not-payable',
  'pending',
  'below-minimum',
] as const;
export type PayoutReason = (typeof PAYOUT_REASONS)[number];

/**
 * States of a payout account. none: the provider has not made it yet; onboarding: the seller has not entered everything; restricted: the
 * provider pays nothing out to it; ready: it does.
 */
export const PAYOUT_ACCOUNT_STATES = ['none', 'onboarding', 'restricted', 'ready'] as const;
export type PayoutAccountState = (typeof PAYOUT_ACCOUNT_STATES)[number];

/** Where sellers come back to from the provider's pages: it leads on to their payout details. */
export const PAYOUT_ACCOUNT_RETURN = '/seller/payout/return';

/** What the provider is asked for a payout: money to the seller's account, from there to the bank, and back where that failed. */
export const PAYOUT_CALLS = ['transfer', 'payout', 'reversal'] as const;
export type PayoutCallKind = (typeof PAYOUT_CALLS)[number];
export const PAYOUT_CALL_STATUSES = ['pending', 'done', 'refused', 'unresolved'] as const;
export type PayoutCallStatus = (typeof PAYOUT_CALL_STATUSES)[number];

/** Each as people read it. */
export const PAYOUT_STATUS_LABELS: Record<PayoutStatus, string> = {
  pending: 'Being prepared',
  sent: 'On its way',
  paid: 'Paid',
  failed: 'Failed',
  returned: 'Returned',
  unresolved: 'Being checked',
};

const LINE_LABELS: Record<string, string> = {
  release: 'Sale',
  refund: 'Refund',
  'refund-failed': 'Refund cancelled',
  'payout-returned': 'Returned payout',
  chargeback: 'Chargeback',
  'chargeback-won': 'Chargeback won',
  adjustment: 'Reserve',
  'write-off': 'Balance forgiven',
};
/** What a line of a payout is about, as sellers read it. */
export const payoutLineLabel = (kind: string): string => LINE_LABELS[kind] ?? 'Correction';

/** A statement as PDF has at most so many lines. */
export const PAYOUT_STATEMENT_LINES_MAX = 2000;
