import type { Context } from '../kernel/context.ts';
import { lockOrder } from '../orders/lock-order.ts';
import { CAPTURED_PAYMENT } from '../payments/charges.ts';
import { postPayment, postRefund, postRefundSettled, postRelease, wholeRefundCause } from './order-money.ts';

/**
 * Posts what became of a payment that a release without a ledger captured, with the times of what happened.
 * @returns false when there is nothing to post
 */
export function postMissingPayment(ctx: Context, orderId: number): Promise<boolean> {
  return ctx.change(async (tx) => {
    await lockOrder(tx, orderId);
    const [order, payment] = [await tx.repos.orders.findById(orderId), await tx.repos.payments.find(orderId)];
    if (!order || !payment || !CAPTURED_PAYMENT.includes(payment.status)) return false;
    const { createdAt, updatedAt, completedAt } = order;
    const posted = await postPayment(tx, order, payment, createdAt);
    const refund = { cause: wholeRefundCause(orderId), order, payment, amountE8: payment.amountE8 };
    if (payment.status === 'refunding') await postRefund(tx, refund, updatedAt);
    if (payment.status === 'refunded') await postRefundSettled(tx, refund, updatedAt);
    if (order.status === 'completed') await postRelease(tx, order, completedAt ?? updatedAt);
    return posted;
  });
}
