import { feesOfOrder } from '../fees/fees-of-order.ts';
import { issueCreditNotes } from '../invoices/issue-invoices.ts';
import type { Tx } from '../kernel/context.ts';
import { ledgerMinorOf } from './ledger-minor.ts';
import { creditedTo, entryOf, lockMoney, postPayment, releaseOver, type CapturedPayment, type RefundMoney } from './order-money.ts';
import { lockFunds, post } from './post.ts';
import { chargebackFeeLines, chargebackLines, refundFailedLines } from './postings.ts';

/** A chargeback as the ledger needs it: the share of one order. */
export interface ChargebackMoney {
  id: number;
  order: RefundMoney['order'];
  payment: CapturedPayment;
  amountE8: bigint;
}

/** The cause of the entry by which the bank takes an amount of an order. */
export const chargebackCause = (orderId: number, chargebackId: number): string => `payment:${orderId}:chargeback:${chargebackId}`;

const causeOf = ({ id, order }: ChargebackMoney): string => chargebackCause(order.id, id);

/** The bank has taken an amount: from what is held of the order, and beyond that from the seller, with commission and VAT in proportion. */
export async function postChargeback(tx: Tx, money: ChargebackMoney): Promise<void> {
  const { order, payment, amountE8 } = money;
  await postPayment(tx, order, payment);
  const { funds, money: held } = await lockMoney(tx, order, payment);
  const lines = chargebackLines(order.sellerId, ledgerMinorOf(amountE8, payment.currency), held, await feesOfOrder(tx, order), funds);
  await post(tx, { ...entryOf(causeOf(money), order, payment), kind: 'chargeback', lines });
}

/** The bank has given it back: exactly that, and on to the seller where the order is over. The change has locked the order. */
export async function postChargebackWon(tx: Tx, money: ChargebackMoney): Promise<void> {
  const { order, payment } = money;
  const cause = causeOf(money);
  const taken = await tx.repos.ledger.linesOf(cause);
  const funds = await lockFunds(tx, order.sellerId, payment.currency);
  const lines = refundFailedLines(order.sellerId, taken, funds);
  await post(tx, { ...entryOf(`${cause}:won`, order, payment), kind: 'chargeback-won', lines });
  await releaseOver(tx, order, payment, `${cause}:won`);
}

/** The bank has decided for the buyer: credit notes follow for the receipt, and for the commission that went back. Nothing moves. */
export async function postChargebackLost(tx: Tx, money: ChargebackMoney): Promise<void> {
  const { order, payment, amountE8 } = money;
  const cause = causeOf(money);
  const taken = await tx.repos.ledger.linesOf(cause);
  const reversed = { commission: -creditedTo(taken, 'commission'), vat: -creditedTo(taken, 'commission_vat') };
  await issueCreditNotes(tx, entryOf(`${cause}:lost`, order, payment), ledgerMinorOf(amountE8, payment.currency), reversed);
}

/**
 * The provider charges for a chargeback, or with less than zero gives a part of that back. The seller bears it where the operator says so,
 * and the fee is in the currency of the order.
 */
export async function postChargebackFee(
  tx: Tx,
  money: ChargebackMoney,
  { feeE8, currency, steps }: { feeE8: bigint; currency: string; steps: number },
): Promise<void> {
  const { order, payment } = money;
  const { sellerId } = order;
  const isOwn = currency === payment.currency;
  const entry = { ...entryOf(`${causeOf(money)}:fee:${steps}`, order, payment), kind: 'provider-fee', currency } as const;
  const funds = isOwn && tx.settings.chargebackFeePaidBy === 'seller' ? await lockFunds(tx, sellerId, currency) : null;
  const { orderId, ...ofNoOrder } = entry;
  const lines = chargebackFeeLines(sellerId, ledgerMinorOf(feeE8, currency), funds);
  await post(tx, { ...ofNoOrder, ...(isOwn ? { orderId } : {}), lines });
}
