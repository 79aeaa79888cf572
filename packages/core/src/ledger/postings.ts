import type { LedgerAccount } from '@assay/contract';
import { reversedFees, type Fees } from '../fees/rules.ts';
import type { AccountSums, PostingLine } from './ports.ts';

/** What a seller has and owes, in minor units. Both are zero or more, and one of them is zero. */
export interface SellerFunds {
  balance: bigint;
  debt: bigint;
}

/** Where the money of an order is, in minor units, zero or more each. */
export interface OrderFunds {
  /** Captured from the buyer, ever. */
  captured: bigint;
  held: bigint;
  /** What the seller got and has not given back. */
  seller: bigint;
  commission: bigint;
  vat: bigint;
}

/** What sums say of accounts together; credits count positive. */
export const creditedIn = (sums: AccountSums, ...accounts: LedgerAccount[]): bigint =>
  accounts.reduce((sum, account) => sum - (sums.get(account) ?? 0n), 0n);

export const fundsOfSeller = (balances: AccountSums): SellerFunds => ({
  balance: creditedIn(balances, 'seller_balance'),
  debt: -creditedIn(balances, 'seller_debt'),
});

/** @param captured of its payment, in minor units */
export const fundsOfOrder = (sums: AccountSums, captured: bigint): OrderFunds => ({
  captured,
  held: creditedIn(sums, 'held'),
  seller: creditedIn(sums, 'seller_balance', 'seller_debt'),
  commission: creditedIn(sums, 'commission'),
  vat: creditedIn(sums, 'commission_vat'),
});

const debit = (account: LedgerAccount, sellerId: number | null, amountMinor: bigint): PostingLine => ({ account, sellerId, amountMinor });
const credit = (account: LedgerAccount, sellerId: number | null, amount: bigint): PostingLine => debit(account, sellerId, -amount);
const withoutZeros = (lines: PostingLine[]): PostingLine[] => lines.filter(({ amountMinor }) => amountMinor !== 0n);
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** The seller gets an amount: what they owe is paid off first. */
function toSeller(sellerId: number, amount: bigint, { debt }: SellerFunds): PostingLine[] {
  const settled = smaller(amount, debt);
  return [credit('seller_debt', sellerId, settled), credit('seller_balance', sellerId, amount - settled)];
}

/** The seller gives an amount back: what their balance does not reach they owe. */
function fromSeller(sellerId: number, amount: bigint, { balance }: SellerFunds): PostingLine[] {
  const paid = smaller(amount, balance);
  return [debit('seller_balance', sellerId, paid), debit('seller_debt', sellerId, amount - paid)];
}

/**
 * The lines by which an order's commission and VAT become those of what is not refunded, and the seller gets or gives the rest.
 * @param released what the seller's side of the order grows by
 * @param refunded of the order, in minor units, once this is posted
 */
function sellersSide(
  sellerId: number,
  order: OrderFunds,
  { released, refunded }: { released: bigint; refunded: bigint },
  fees: Fees,
  funds: SellerFunds,
): PostingLine[] {
  const commission = smaller(fees.commission, order.captured);
  const charged = { commission, vat: smaller(fees.vat, order.captured - commission) };
  // A chargeback may take more than a refund has left.
  const reversed = reversedFees(charged, 0n, smaller(refunded, order.captured), order.captured);
  const moreCommission = charged.commission - reversed.commission - order.commission;
  const moreVat = charged.vat - reversed.vat - order.vat;
  const net = released - moreCommission - moreVat;
  return [
    credit('commission', sellerId, moreCommission),
    credit('commission_vat', sellerId, moreVat),
    ...(net < 0n ? fromSeller(sellerId, -net, funds) : toSeller(sellerId, net, funds)),
  ];
}

/** What was refunded of an order, or is about to be. */
const refundedOf = ({ captured, held, seller, commission, vat }: OrderFunds): bigint => captured - held - seller - commission - vat;

/** A buyer's payment is captured: the provider owes it to the marketplace, which holds it for the seller. */
export const paymentLines = (sellerId: number, amount: bigint): PostingLine[] => [
  debit('clearing', sellerId, amount),
  credit('held', sellerId, amount),
];

/** What is still held of an order goes to its seller, less the fees of what was not refunded. */
export const releaseLines = (sellerId: number, order: OrderFunds, fees: Fees, funds: SellerFunds): PostingLine[] =>
  withoutZeros([
    debit('held', sellerId, order.held),
    ...sellersSide(sellerId, order, { released: order.held, refunded: refundedOf(order) }, fees, funds),
  ]);

/**
 * The buyer is to get an amount back, which the provider has not confirmed yet: from what is held, and beyond that from the seller,
 * with commission and VAT in proportion.
 * @throws RangeError where the amount is more than there is of the order
 */
export function refundLines(sellerId: number, amount: bigint, order: OrderFunds, fees: Fees, funds: SellerFunds): PostingLine[] {
  const refunded = refundedOf(order) + amount;
  if (refunded > order.captured) throw new RangeError('A refund is no more than what the ledger has of its order.');
  const held = smaller(amount, order.held);
  const released = held - amount;
  return withoutZeros([
    debit('held', sellerId, held),
    ...(released < 0n ? sellersSide(sellerId, order, { released, refunded }, fees, funds) : []),
    credit('refunds', sellerId, amount),
  ]);
}

/**
 * The buyer's bank takes an amount back: like a refund, but at once, and also beyond what is left of the order. That the seller bears, as the
 * buyer has it twice.
 */
export function chargebackLines(sellerId: number, amount: bigint, order: OrderFunds, fees: Fees, funds: SellerFunds): PostingLine[] {
  const held = smaller(amount, order.held);
  const [released, refunded] = [held - amount, refundedOf(order) + amount];
  return withoutZeros([
    debit('held', sellerId, held),
    ...(released < 0n ? sellersSide(sellerId, order, { released, refunded }, fees, funds) : []),
    credit('clearing', sellerId, amount),
  ]);
}

/** The provider charges a fee, or gives a part of it back where it is below zero. @param funds of the seller who bears it; null: the marketplace */
export function chargebackFeeLines(sellerId: number, fee: bigint, funds: SellerFunds | null): PostingLine[] {
  const bearer = !funds
    ? [debit('provider_fees', sellerId, fee)]
    : fee > 0n
      ? fromSeller(sellerId, fee, funds)
      : toSeller(sellerId, -fee, funds);
  return withoutZeros([...bearer, credit('clearing', sellerId, fee)]);
}

/** A dispute was opened after the release: what the seller got of the order, and has still, is held again. */
export function holdAgainLines(sellerId: number, order: OrderFunds, { balance }: SellerFunds): PostingLine[] {
  const amount = smaller(order.seller, balance);
  return amount > 0n ? [debit('seller_balance', sellerId, amount), credit('held', sellerId, amount)] : [];
}

/** The dispute is over: the seller has again what was held for it. */
export const heldAgainReturnedLines = (sellerId: number, amount: bigint, funds: SellerFunds): PostingLine[] =>
  withoutZeros([debit('held', sellerId, amount), ...toSeller(sellerId, amount, funds)]);

/** The provider has paid a refund out of what it owes. */
export const refundSettledLines = (sellerId: number, amount: bigint): PostingLine[] => [
  debit('refunds', sellerId, amount),
  credit('clearing', sellerId, amount),
];

/** The provider has refused a refund: everything goes back to where it came from. @param begun the postings of the refund */
export function refundFailedLines(sellerId: number, begun: readonly PostingLine[], funds: SellerFunds): PostingLine[] {
  const ofSeller = begun.filter(({ account }) => account === 'seller_balance' || account === 'seller_debt');
  const others = begun.filter((line) => !ofSeller.includes(line)).map((line) => ({ ...line, amountMinor: -line.amountMinor }));
  const amount = ofSeller.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  return withoutZeros([...others, ...toSeller(sellerId, amount, funds)]);
}

/** A payout leaves the seller's balance. @throws RangeError where the balance does not reach */
export function payoutLines(sellerId: number, amount: bigint, { balance }: SellerFunds): PostingLine[] {
  if (amount > balance) throw new RangeError('A payout is no more than the balance of its seller.');
  return [debit('seller_balance', sellerId, amount), credit('payouts_in_transit', sellerId, amount)];
}

/** The bank has a payout. */
export const payoutSettledLines = (sellerId: number, amount: bigint): PostingLine[] => [
  debit('payouts_in_transit', sellerId, amount),
  credit('clearing', sellerId, amount),
];

/** A payout came back. @param settled whether the bank had it */
export const payoutReturnedLines = (sellerId: number, amount: bigint, settled: boolean, funds: SellerFunds): PostingLine[] =>
  withoutZeros([debit(settled ? 'clearing' : 'payouts_in_transit', sellerId, amount), ...toSeller(sellerId, amount, funds)]);

/** The marketplace gives up what a seller owes. @throws RangeError where it is more than that */
export function writeOffLines(sellerId: number, amount: bigint, { debt }: SellerFunds): PostingLine[] {
  if (amount > debt) throw new RangeError('A write-off is no more than what the seller owes.');
  return [debit('write_off', sellerId, amount), credit('seller_debt', sellerId, amount)];
}
