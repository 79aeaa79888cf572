import type { LedgerAccount, LedgerDifference, LedgerKind, SellerBalance } from '@assay/contract';
import { day, money } from '#lib/format.ts';

/** Accounts as operators read them. */
export const accountLabels: Record<LedgerAccount, string> = {
  clearing: 'Clearing',
  held: 'Held',
  seller_balance: 'Seller balances',
  seller_debt: 'Seller debts',
  reserve: 'Reserve',
  payouts_in_transit: 'Payouts in transit',
  commission: 'Commission',
  commission_vat: 'VAT on commission',
  provider_fees: 'Provider fees',
  refunds: 'Refunds in transit',
  write_off: 'Written off',
};

/** Lines of a statement as sellers read them. */
export const statementLabels: Record<LedgerKind, string> = {
  payment: 'Payment held',
  release: 'Sale',
  refund: 'Refund',
  'refund-settled': 'Refund paid',
  'refund-failed': 'Refund failed',
  payout: 'Payout',
  'payout-settled': 'Payout arrived',
  'payout-returned': 'Payout returned',
  chargeback: 'Chargeback',
  'chargeback-won': 'Chargeback won',
  'provider-fee': 'Payment fee',
  'write-off': 'Debt written off',
  adjustment: 'Adjustment',
};

export const checkLabels: Record<LedgerDifference['check'], string> = {
  'entry-sum': 'Entry does not sum to zero',
  balance: 'Balance differs from its postings',
  floor: 'Balance below its floor',
  'missing-payment': 'Payment without an entry',
  'payment-amount': 'Amount differs from the payment',
  'unexplained-payment': 'Entry without a payment',
  'refund-amount': 'Refund differs from the payment',
  'chargeback-amount': 'Chargebacks of another amount',
  unreleased: 'Completed order not released',
};

/** A change with its sign, the minus a real one: "−€ 12.50", "+€ 12.50"; "–" for none. */
export function moneyChange(amount: string, currency: string): string {
  if (!/[1-9]/.test(amount)) return '–';
  return amount.startsWith('-') ? `−${money(amount.slice(1), currency)}` : `+${money(amount, currency)}`;
}

/** Whether decimal text is not zero. */
export const isSomething = (amount: string): boolean => /[1-9]/.test(amount);

/** When what is pending can be paid out. */
export function availability({ availableFrom, availableBy }: Pick<SellerBalance, 'availableFrom' | 'availableBy'>): string {
  if (!availableFrom || !availableBy) return 'later';
  const [first, last] = [day(availableFrom), day(availableBy)];
  return first === last ? `on ${first}` : `from ${first}, all of it by ${last}`;
}
