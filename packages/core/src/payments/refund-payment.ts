import { requireSystem } from '../kernel/actor.ts';
import type { Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { exponential, type TaskHandler } from '../kernel/task.ts';
import { postRefund, postRefundSettled, wholeRefundCause, type RefundMoney } from '../ledger/order-money.ts';
import type { PaymentRow } from './ports.ts';

const HOUR_MS = 3_600_000;

/** The key of the task that refunds an order, and of its call to the provider. */
export const refundKey = (orderId: number): string => `payment:${orderId}:refund`;

/** Begins the refund of a captured payment, in the change that cancels its order. Returns the key of its task. @throws AppError ILLEGAL_MOVE */
export async function beginRefund(tx: Tx, orderId: number): Promise<string> {
  const payment = await tx.repos.payments.find(orderId);
  if (!payment) throw new Error(`The paid order ${orderId} has no payment.`);
  if (!(await tx.repos.payments.settle(payment, 'captured', { status: 'refunding' }, tx.at))) throw new AppError('ILLEGAL_MOVE');
  await postRefund(tx, await moneyOf(tx, payment));
  const key = refundKey(orderId);
  await tx.enqueue('payment.refund', { orderId }, { key });
  return key;
}

/** Refunds a payment whose order was cancelled; repeated with the same key until the provider has taken it. */
export const refundPayment: TaskHandler<'payment.refund'> = {
  attemptsMax: 12,
  retryAfterMs: exponential(30_000, 4 * HOUR_MS),
  concurrency: 4,
  async run(ctx, { orderId }) {
    requireSystem(ctx.actor);
    const payment = await ctx.repos.payments.find(orderId);
    if (payment?.status !== 'refunding') return; // an earlier run got this far
    const { reference, amountE8, currency } = payment;
    await ctx.services.payments.refund({ reference, amountE8, currency }, { idempotencyKey: refundKey(orderId) });
    await ctx.change(async (tx) => {
      if (!(await tx.repos.payments.settle(payment, 'refunding', { status: 'refunded' }, tx.at))) return; // another run has settled it
      await postRefundSettled(tx, await moneyOf(tx, payment));
      await tx.audit('payment.refunded', 'order', orderId, { reference, amountE8: String(amountE8), currency });
    });
  },
};

/** The refund of a whole payment, as the ledger posts it. */
async function moneyOf(tx: Tx, payment: PaymentRow): Promise<RefundMoney> {
  const order = await tx.repos.orders.findById(payment.orderId);
  if (!order) throw new Error(`The order ${payment.orderId} of a payment is missing.`);
  return { cause: wholeRefundCause(order.id), order, payment, amountE8: payment.amountE8 };
}
