import type { Tx } from '../kernel/context.ts';
import { wholeRefundCause, type RefundMoney } from '../ledger/order-money.ts';
import type { PaymentRow, RefundRow } from './ports.ts';

/** The key of the release before, which refunded orders in full and had no rows of refunds. Its ledger entries have the same cause. */
export const earlierKey = wholeRefundCause;

/** Both sides of the order hear that a refund began or ended. */
export async function publishRefund(tx: Tx, orderId: number): Promise<void> {
  const order = await tx.repos.orders.findById(orderId);
  if (order) await tx.publish('refund.changed', { orderId, sellerId: order.sellerId, buyerId: order.buyerId });
}

/** The cause of the entry of a refund. */
export const refundCause = ({ id, orderId, key }: Pick<RefundRow, 'id' | 'orderId' | 'key'>): string =>
  key === earlierKey(orderId) ? key : `payment:${orderId}:refund:${id}`;

/** A refund as the ledger posts it. */
export async function moneyOf(
  tx: Tx,
  refund: Pick<RefundRow, 'id' | 'orderId' | 'amountE8' | 'key'>,
  payment: PaymentRow,
): Promise<RefundMoney> {
  const { orderId, amountE8 } = refund;
  const order = await tx.repos.orders.findById(orderId);
  if (!order) throw new Error(`The order ${orderId} of a refund is missing.`);
  return { cause: refundCause(refund), order, payment, amountE8 };
}
