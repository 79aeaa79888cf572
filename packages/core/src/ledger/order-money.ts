import type { LedgerAccount, OrderStatus } from '@assay/contract';
import { feesOfOrder } from '../fees/fees-of-order.ts';
import { issueCommissionInvoice, issueCreditNotes, issueReceipt } from '../invoices/issue-invoices.ts';
import type { Tx } from '../kernel/context.ts';
import { TEST_PROVIDER, type PaymentRow } from '../payments/ports.ts';
import { ledgerMinorOf } from './ledger-minor.ts';
import type { PostingLine } from './ports.ts';
import { lockFunds, post } from './post.ts';
import {
  creditedIn,
  fundsOfOrder,
  heldAgainReturnedLines,
  holdAgainLines,
  paymentLines,
  refundFailedLines,
  refundLines,
  refundSettledLines,
  releaseLines,
  type OrderFunds,
  type SellerFunds,
} from './postings.ts';

/** An order as the ledger needs it. */
export interface LedgerOrder {
  id: number;
  sellerId: number;
  currency: string;
}

export type CapturedPayment = Pick<PaymentRow, 'orderId' | 'amountE8' | 'currency' | 'provider'>;

/** A refund, of all of a payment or of a part. */
export interface RefundMoney {
  /** Names the refund in causes: "payment:12:refund". */
  cause: string;
  order: LedgerOrder & { status: OrderStatus };
  payment: CapturedPayment;
  amountE8: bigint;
}

export { ledgerMinorOf };

const isTest = ({ provider }: CapturedPayment): boolean => provider === TEST_PROVIDER;

/** The cause of the entry of an order's payment. */
export const paymentCause = (orderId: number): string => `payment:${orderId}`;

/** The cause of the refund of a whole payment. */
export const wholeRefundCause = (orderId: number): string => `payment:${orderId}:refund`;

/** Posts the captured payment of an order, and issues its receipt. Does nothing where it is posted. */
export async function postPayment(tx: Tx, order: LedgerOrder, payment: CapturedPayment, at = tx.at): Promise<boolean> {
  const paid = ledgerMinorOf(payment.amountE8, payment.currency);
  const entry = {
    ...entryOf(paymentCause(order.id), order, payment),
    kind: 'payment',
    at,
    lines: paymentLines(order.sellerId, paid),
  } as const;
  if (!(await post(tx, entry))) return false;
  if (isNow(tx, at)) await issueReceipt(tx, entry, paid);
  return true;
}

/** What the entries of an order have in common, and the documents that are issued for them. */
export const entryOf = (cause: string, { id: orderId }: LedgerOrder, payment: CapturedPayment) => ({
  cause,
  orderId,
  currency: payment.currency,
  isTest: isTest(payment),
});

/** Documents are issued when something happens: what is posted later for the time before the ledger has none. */
const isNow = (tx: Tx, at: Date): boolean => at.getTime() === tx.at.getTime();

/** What the lines of an entry move of an account; credits count positive. */
export const creditedTo = (lines: readonly PostingLine[], account: LedgerAccount): bigint =>
  lines.reduce((sum, line) => (line.account === account ? sum - line.amountMinor : sum), 0n);

/** Releases what is held of an order to its seller, less commission and VAT. Does nothing where nothing is held. */
export async function postRelease(tx: Tx, order: LedgerOrder, at = tx.at): Promise<void> {
  const payment = await tx.repos.payments.find(order.id);
  if (payment?.status !== 'captured') return;
  await postPayment(tx, order, payment); // an older release captured it
  await release(tx, order, payment, releaseCause(order.id), at);
}

/** When what was held of an order was released to its seller; null before. */
export const releasedAt = ({ repos }: Pick<Tx, 'repos'>, orderId: number): Promise<Date | null> =>
  repos.ledger.postedAt(releaseCause(orderId));

const releaseCause = (orderId: number): string => `payment:${orderId}:release`;

/** What the seller of an order has, locked until the change ends, and where the money of the order is. */
export async function lockMoney(
  tx: Tx,
  order: LedgerOrder,
  { amountE8, currency }: CapturedPayment,
): Promise<{ funds: SellerFunds; money: OrderFunds }> {
  const funds = await lockFunds(tx, order.sellerId, currency);
  return { funds, money: fundsOfOrder(await tx.repos.ledger.sumsOfOrder(order.id), ledgerMinorOf(amountE8, currency)) };
}

async function release(tx: Tx, order: LedgerOrder, payment: CapturedPayment, cause: string, at: Date): Promise<void> {
  if (await tx.repos.returns.openOf(order.id)) return; // its end releases what is left
  const { funds, money } = await lockMoney(tx, order, payment);
  if (money.held <= 0n) return;
  const lines = releaseLines(order.sellerId, money, await feesOfOrder(tx, order), funds);
  const entry = { ...entryOf(cause, order, payment), kind: 'release', at, lines } as const;
  if (!(await post(tx, entry)) || !isNow(tx, at)) return;
  const charged = { commission: creditedTo(lines, 'commission'), vat: creditedTo(lines, 'commission_vat') };
  await issueCommissionInvoice(tx, entry, charged);
}

/** The lines by which a refund takes an amount from where the order's money is now. */
async function linesOfRefund(tx: Tx, { order, payment, amountE8 }: Omit<RefundMoney, 'cause'>): Promise<PostingLine[]> {
  const { funds, money } = await lockMoney(tx, order, payment);
  return refundLines(order.sellerId, ledgerMinorOf(amountE8, payment.currency), money, await feesOfOrder(tx, order), funds);
}

/** Takes an amount from where the order's money is, for a refund that the provider has not confirmed yet. */
export async function postRefund(tx: Tx, refund: RefundMoney, at = tx.at): Promise<void> {
  const { cause, order, payment } = refund;
  await postPayment(tx, order, payment);
  if (await tx.repos.ledger.isPosted(cause)) return;
  await post(tx, { ...entryOf(cause, order, payment), kind: 'refund', at, lines: await linesOfRefund(tx, refund) });
}

/** Whether what is held of an order and its seller's balance reach for a refund: nothing of it would be owed. */
export async function isCovered(tx: Tx, refund: Omit<RefundMoney, 'cause'>): Promise<boolean> {
  await postPayment(tx, refund.order, refund.payment);
  return creditedTo(await linesOfRefund(tx, refund), 'seller_debt') >= 0n;
}

/** The provider has confirmed a refund. */
export async function postRefundSettled(tx: Tx, refund: RefundMoney, at = tx.at): Promise<void> {
  const { cause, order, payment, amountE8 } = refund;
  await postRefund(tx, refund, at); // an older release began it
  const { currency } = payment;
  const refunded = ledgerMinorOf(amountE8, currency);
  const settled = { ...entryOf(`${cause}:settled`, order, payment), kind: 'refund-settled' } as const;
  if (!(await post(tx, { ...settled, at, lines: refundSettledLines(order.sellerId, refunded) })) || !isNow(tx, at)) return;
  const begun = await tx.repos.ledger.linesOf(cause);
  const reversed = { commission: -creditedTo(begun, 'commission'), vat: -creditedTo(begun, 'commission_vat') };
  await issueCreditNotes(tx, settled, refunded, reversed);
}

/** The buyer's bank has returned a refund that was confirmed: the money is at the provider again, and goes back like that of a refused one. */
export async function postRefundReturned(tx: Tx, refund: RefundMoney): Promise<void> {
  const { cause, order, payment, amountE8 } = refund;
  const returned = refundSettledLines(order.sellerId, -ledgerMinorOf(amountE8, payment.currency));
  await post(tx, { ...entryOf(`${cause}:returned`, order, payment), kind: 'refund-settled', lines: returned });
  await postRefundFailed(tx, refund);
}

/**
 * The provider has refused a refund: the money goes back, and on to the seller where the order is over or released. During a dispute it stays
 * held. The change has locked the order.
 */
export async function postRefundFailed(tx: Tx, { cause, order, payment }: RefundMoney): Promise<void> {
  const { ledger } = tx.repos;
  const begun = await ledger.linesOf(cause);
  if (begun.length === 0 || (await ledger.isPosted(`${cause}:failed`))) return;
  const funds = await lockFunds(tx, order.sellerId, payment.currency);
  const lines = refundFailedLines(order.sellerId, begun, funds);
  await post(tx, { ...entryOf(`${cause}:failed`, order, payment), kind: 'refund-failed', lines });
  await releaseOver(tx, order, payment, `${cause}:failed`);
}

/**
 * Releases what is held again of an order that is over, or was released before; not during a dispute or a return.
 * @param cause of the entry that brought it back
 */
export async function releaseOver(tx: Tx, order: RefundMoney['order'], payment: CapturedPayment, cause: string): Promise<void> {
  const first = releaseCause(order.id);
  const isReleased = await tx.repos.ledger.isPosted(first);
  const isOver = order.status === 'completed' || order.status === 'resolved';
  if (!isOver && (!isReleased || order.status === 'disputed')) return;
  await release(tx, order, payment, isReleased ? `${cause}:release` : first, tx.at);
}

const disputeCause = (orderId: number, disputeId: number): string => `payment:${orderId}:dispute:${disputeId}`;

/** A dispute was opened: what was released of the order to its seller is held again, as far as it was not paid out. */
export const postDisputeHeld = (tx: Tx, order: LedgerOrder, disputeId: number): Promise<void> =>
  holdAgain(tx, order, disputeCause(order.id, disputeId));

/** The dispute is over: what was held again, and no chargeback has taken, goes back to the seller, before anything of it is refunded. */
export const postDisputeReturned = (tx: Tx, order: LedgerOrder, disputeId: number): Promise<void> =>
  endHold(tx, order, disputeCause(order.id, disputeId));

const returnCause = (orderId: number, returnId: number): string => `payment:${orderId}:return:${returnId}`;

/** The buyer asks to return items: what was released is held again, as in a dispute. */
export const postReturnHeld = (tx: Tx, order: LedgerOrder, returnId: number): Promise<void> =>
  holdAgain(tx, order, returnCause(order.id, returnId));

/** The return is over: what was held again goes back to the seller, as after a dispute. */
export const postReturnEnded = (tx: Tx, order: LedgerOrder, returnId: number): Promise<void> =>
  endHold(tx, order, returnCause(order.id, returnId));

/** The dispute is over, and its refund posted: releases what is still held, also where the order was released before. */
export const postDisputeReleased = (tx: Tx, order: LedgerOrder, disputeId: number): Promise<void> =>
  releaseAfterHold(tx, { ...order, status: 'resolved' }, disputeCause(order.id, disputeId));

/** The same after a return, where its order is over or was released before. */
export const postReturnReleased = (tx: Tx, order: RefundMoney['order'], returnId: number): Promise<void> =>
  releaseAfterHold(tx, order, returnCause(order.id, returnId));

async function releaseAfterHold(tx: Tx, order: RefundMoney['order'], cause: string): Promise<void> {
  const payment = await tx.repos.payments.find(order.id);
  if (payment?.status !== 'captured') return;
  await postPayment(tx, order, payment); // an older release captured it
  await releaseOver(tx, order, payment, cause);
}

async function holdAgain(tx: Tx, order: LedgerOrder, cause: string): Promise<void> {
  const payment = await tx.repos.payments.find(order.id);
  if (payment?.status !== 'captured') return;
  const { funds, money } = await lockMoney(tx, order, payment);
  const lines = holdAgainLines(order.sellerId, money, funds);
  if (lines.length > 0) await post(tx, { ...entryOf(cause, order, payment), kind: 'adjustment', lines });
}

async function endHold(tx: Tx, order: LedgerOrder, cause: string): Promise<void> {
  const heldAgain = creditedTo(await tx.repos.ledger.linesOf(cause), 'held');
  const payment = await tx.repos.payments.find(order.id);
  if (heldAgain === 0n || !payment) return;
  const funds = await lockFunds(tx, order.sellerId, payment.currency);
  const now = creditedIn(await tx.repos.ledger.sumsOfOrder(order.id), 'held');
  const held = now < heldAgain ? now : heldAgain;
  if (held === 0n) return;
  const lines = heldAgainReturnedLines(order.sellerId, held, funds);
  await post(tx, { ...entryOf(`${cause}:returned`, order, payment), kind: 'adjustment', lines });
}
