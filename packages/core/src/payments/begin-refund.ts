import type { RefundReason } from '@assay/contract';
import type { Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { Raced } from '../kernel/raced.ts';
import { postRefund } from '../ledger/order-money.ts';
import type { PaymentRow } from './ports.ts';
import { moneyOf, publishRefund } from './refund-money.ts';

/** The key of the task that sends a refund to the provider. @param attempt 2 for the second key of the provider's, and so on */
export const refundTaskKey = (refundId: number, attempt = 1): string => `refund:${refundId}:${attempt}`;

/** What is neither given back, nor claimed by a refund under way, nor taken back by the buyer's bank; nothing, while the bank decides. */
export function refundableE8({ status, amountE8, refundedE8, refundPendingE8, chargedBackE8, isDisputedAtBank }: PaymentRow): bigint {
  const left = amountE8 - refundedE8 - refundPendingE8 - chargedBackE8;
  return status === 'captured' && !isDisputedAtBank && left > 0n ? left : 0n;
}

/** @throws AppError ILLEGAL_MOVE while the buyer's bank decides about the payment */
export function requireNotAtBank(payment: PaymentRow | null): void {
  if (payment?.isDisputedAtBank)
    throw new AppError('ILLEGAL_MOVE', {
      message: 'The buyer disputed this payment at their bank. This is not possible until the bank has decided.',
    });
}

/**
 * Begins a refund of a captured payment: claims the amount, in one statement that never claims more than is left, and adds the task that
 * sends it to the provider after the commit.
 * @param amountE8 all that is left, where it is not given
 * @param note why an admin refunds it, for the audit log
 * @returns the key of its task
 * @throws AppError ILLEGAL_MOVE (nothing is captured or left, or the buyer's bank decides), REFUND_TOO_HIGH
 */
export async function beginRefund(
  tx: Tx,
  orderId: number,
  amountE8?: bigint,
  reason: RefundReason = 'cancelled',
  note?: string,
): Promise<string> {
  const { payments, refunds } = tx.repos;
  const payment = await payments.find(orderId);
  if (!payment) throw new Error(`The paid order ${orderId} has no payment.`);
  requireNotAtBank(payment);
  const left = refundableE8(payment);
  if (left === 0n) throw new AppError('ILLEGAL_MOVE', { message: 'There is nothing left to refund.' });
  const amount = amountE8 ?? left;
  if (amount > left) throw new AppError('REFUND_TOO_HIGH');
  if (!(await payments.claimRefund(orderId, amount, tx.at))) throw new Raced();
  const requestedBy = tx.actor.kind === 'user' ? tx.actor.id : null;
  const id = await refunds.create({ orderId, amountE8: amount, reason, requestedBy }, tx.at);
  const refund = await refunds.find(id);
  if (!refund) throw new Error(`The refund ${id} that was just begun is missing.`);
  const money = await moneyOf(tx, refund, payment);
  await postRefund(tx, money);
  const key = refundTaskKey(id);
  await tx.enqueue('refund.send', { refundId: id }, { key });
  const detail = { refundId: id, amountE8: String(amount), currency: payment.currency, reason, ...(note ? { note } : {}) };
  await tx.audit('refund.begun', 'order', orderId, detail);
  await publishRefund(tx, orderId);
  return key;
}
