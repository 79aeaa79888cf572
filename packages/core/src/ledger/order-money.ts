import { e8OfMinor, proportion } from '@assay/contract';
import { feesOfOrder } from '../fees/fees-of-order.ts';
import type { Tx } from '../kernel/context.ts';
import { TEST_PROVIDER, type PaymentRow } from '../payments/ports.ts';
import { lockFunds, post } from './post.ts';
import { fundsOfOrder, paymentLines, refundFailedLines, refundLines, refundSettledLines, releaseLines } from './postings.ts';

/** An order as the ledger needs it. */
export interface LedgerOrder {
  id: number;
  sellerId: number;
  currency: string;
}

type CapturedPayment = Pick<PaymentRow, 'orderId' | 'amountE8' | 'currency' | 'provider'>;

/** A refund, of all of a payment or of a part. */
export interface RefundMoney {
  /** Names the refund in causes: "payment:12:refund". */
  cause: string;
  order: LedgerOrder;
  payment: CapturedPayment;
  amountE8: bigint;
}

/** An amount of 1/100,000,000 in minor units. Prices of early releases may have more decimals than their currency: they are rounded. */
export const ledgerMinorOf = (amountE8: bigint, currency: string): bigint => proportion(amountE8, 1n, e8OfMinor(1n, currency));

const isTest = ({ provider }: CapturedPayment): boolean => provider === TEST_PROVIDER;

/** The cause of the refund of a whole payment. */
export const wholeRefundCause = (orderId: number): string => `payment:${orderId}:refund`;

/** Posts the captured payment of an order. Does nothing where it is posted. */
export const postPayment = (tx: Tx, order: LedgerOrder, payment: CapturedPayment, at = tx.at): Promise<boolean> =>
  post(tx, {
    cause: `payment:${order.id}`,
    kind: 'payment',
    currency: payment.currency,
    orderId: order.id,
    isTest: isTest(payment),
    at,
    lines: paymentLines(order.sellerId, ledgerMinorOf(payment.amountE8, payment.currency)),
  });

/** Releases what is held of an order to its seller, less commission and VAT. Does nothing where nothing is held. */
export async function postRelease(tx: Tx, order: LedgerOrder, at = tx.at): Promise<void> {
  const payment = await tx.repos.payments.find(order.id);
  if (payment?.status !== 'captured') return;
  await postPayment(tx, order, payment); // an older release captured it
  await release(tx, order, payment, `payment:${order.id}:release`, at);
}

async function release(tx: Tx, order: LedgerOrder, payment: CapturedPayment, cause: string, at: Date): Promise<void> {
  const { currency } = payment;
  const funds = await lockFunds(tx, order.sellerId, currency);
  const money = fundsOfOrder(await tx.repos.ledger.sumsOfOrder(order.id), ledgerMinorOf(payment.amountE8, currency));
  if (money.held <= 0n) return;
  const lines = releaseLines(order.sellerId, money, await feesOfOrder(tx, order), funds);
  await post(tx, { cause, kind: 'release', currency, orderId: order.id, isTest: isTest(payment), at, lines });
}

/** Takes an amount from where the order's money is, for a refund that the provider has not confirmed yet. */
export async function postRefund(tx: Tx, { cause, order, payment, amountE8 }: RefundMoney, at = tx.at): Promise<void> {
  await postPayment(tx, order, payment);
  if (await tx.repos.ledger.isPosted(cause)) return;
  const { currency } = payment;
  const funds = await lockFunds(tx, order.sellerId, currency);
  const money = fundsOfOrder(await tx.repos.ledger.sumsOfOrder(order.id), ledgerMinorOf(payment.amountE8, currency));
  const lines = refundLines(order.sellerId, ledgerMinorOf(amountE8, currency), money, await feesOfOrder(tx, order), funds);
  await post(tx, { cause, kind: 'refund', currency, orderId: order.id, isTest: isTest(payment), at, lines });
}

/** The provider has confirmed a refund. */
export async function postRefundSettled(tx: Tx, refund: RefundMoney, at = tx.at): Promise<void> {
  const { cause, order, payment, amountE8 } = refund;
  await postRefund(tx, refund, at); // an older release began it
  const { currency } = payment;
  const lines = refundSettledLines(order.sellerId, ledgerMinorOf(amountE8, currency));
  const settled = { cause: `${cause}:settled`, kind: 'refund-settled', currency, orderId: order.id, isTest: isTest(payment) } as const;
  await post(tx, { ...settled, at, lines });
}

/** The provider has refused a refund: the money goes back, and on to the seller where the order was released meanwhile. */
export async function postRefundFailed(tx: Tx, { cause, order, payment }: RefundMoney): Promise<void> {
  const { ledger } = tx.repos;
  const begun = await ledger.linesOf(cause);
  if (begun.length === 0 || (await ledger.isPosted(`${cause}:failed`))) return;
  const { currency } = payment;
  const funds = await lockFunds(tx, order.sellerId, currency);
  const lines = refundFailedLines(order.sellerId, begun, funds);
  await post(tx, { cause: `${cause}:failed`, kind: 'refund-failed', currency, orderId: order.id, isTest: isTest(payment), lines });
  if (await ledger.isPosted(`payment:${order.id}:release`)) await release(tx, order, payment, `${cause}:failed:release`, tx.at);
}
