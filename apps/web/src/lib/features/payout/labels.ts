import { availability } from '#lib/features/ledger/labels.ts';
import {
  PAGES,
  type PayoutAccountState,
  type PayoutCallKind,
  type PayoutDue,
  type PayoutInterval,
  type PayoutMethod,
  type PayoutReason,
  type PayoutStatus,
  type SettlePayoutInput,
} from '@assay/contract';
import { money } from '#lib/format.ts';

export const SCHEDULE_LABELS: Record<PayoutInterval, string> = {
  daily: 'Every day',
  weekly: 'Every Monday',
  monthly: 'Every 1st of the month',
};

/** Why nothing is paid out, for the seller, and where that can be changed. */
export function reasonText(
  reason: PayoutReason,
  due: PayoutDue,
  held: string | null,
): { text: string; link?: { href: string; label: string } } {
  const { minimum, debt, pending, currency } = due;
  const link = { href: PAGES.payout, label: 'Payout details' };
  switch (reason) {
    case 'on-hold':
      return { text: `Your payouts are on hold. ${held ?? ''}`.trim() };
    case 'returned':
      return { text: 'Your last payout came back. Check your payout details and confirm them again.', link };
    case 'unresolved':
      return { text: 'We are checking a payout with the bank. Payouts go on after that.' };
    case 'negative-balance':
      return { text: `You owe ${money(debt, currency)} from refunds. Your next sales pay it off first.` };
    case 'no-details':
      return { text: 'Add your payout details to get paid.', link };
    case 'details-unreadable':
      return { text: 'We can’t read your payout details. Enter them again.', link };
    case 'wallet-gone':
      return { text: 'The wallet in your payout details is no longer linked to your account.', link };
    case 'account-unfinished':
      return { text: 'Finish the set-up of your payouts with Stripe.', link };
    case 'account-restricted':
      return { text: 'Stripe pays nothing out to your account until it gets what it asks for.', link };
    case 'not-payable':
      return { text: `Your payout method does not take ${currency}. Choose another one.`, link };
    case 'pending':
      return { text: `${money(pending, currency)} is available ${availability(due)}. It stays here for refunds until then.` };
    case 'below-minimum':
      return { text: `Payouts start at ${money(minimum, currency)}.` };
  }
}

/** The same in a few words, for admins. */
export const REASON_LABELS: Record<PayoutReason, string> = {
  'on-hold': 'On hold',
  returned: 'Returned, waits for new details',
  unresolved: 'Unresolved payout',
  'negative-balance': 'Negative balance',
  'no-details': 'No payout details',
  'details-unreadable': 'Details unreadable',
  'wallet-gone': 'Wallet gone',
  'account-unfinished': 'Stripe set-up not finished',
  'account-restricted': 'Stripe account restricted',
  'not-payable': 'Currency not payable',
  pending: 'Pending after release',
  'below-minimum': 'Below the minimum',
};

type Outcome = SettlePayoutInput['outcome'];
export const OUTCOME_LABELS: Record<Outcome, string> = { paid: 'Paid', failed: 'Failed', returned: 'Returned' };
const OUTCOMES: Record<PayoutStatus, readonly Outcome[]> = {
  pending: ['paid', 'failed'],
  sent: ['paid', 'failed', 'returned'],
  paid: ['returned'],
  failed: [],
  returned: [],
  unresolved: ['paid', 'failed', 'returned'],
};
/** How an admin may say that a payout ended: of those that the provider sends, only where it gave no answer. */
export const outcomesOf = ({ status, method }: { status: PayoutStatus; method: PayoutMethod }): readonly Outcome[] =>
  method === 'stripe' && status !== 'unresolved' ? [] : OUTCOMES[status];

export const METHOD_LABELS: Record<PayoutMethod, string> = { sepa: 'Bank file', manual: 'By hand', stripe: 'Stripe' };
export const CALL_LABELS: Record<PayoutCallKind, string> = { transfer: 'Transfer', payout: 'Payout', reversal: 'Reversal' };

/** What the state of an account at Stripe means for its seller. */
export const ACCOUNT_TEXTS: Record<PayoutAccountState, { label: string; tone: string; text: string }> = {
  none: { label: 'Being set up', tone: '', text: 'Stripe has not answered yet. Continue with Stripe to try again.' },
  onboarding: { label: 'Not finished', tone: 'warn', text: 'Stripe needs more from you before it can pay you.' },
  restricted: { label: 'Restricted', tone: 'bad', text: 'Stripe pays nothing out to your account until it gets what it asks for.' },
  ready: { label: 'Ready', tone: 'good', text: '' },
};
