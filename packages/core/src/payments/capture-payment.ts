import { lockOrder } from '../orders/lock-order.ts';
import { ORDER } from '../orders/order-machine.ts';
import { PAYMENT_OUTCOMES, SYSTEM_ID } from '../orders/rules.ts';
import { requireSystem } from '../kernel/actor.ts';
import type { Tx } from '../kernel/context.ts';
import { Raced } from '../kernel/raced.ts';
import { exponential, type TaskHandler } from '../kernel/task.ts';
import { transition } from '../kernel/transition.ts';
import { postPayment } from '../ledger/order-money.ts';
import type { CaptureOutcome, PaymentRow } from './ports.ts';

const HOUR_MS = 3_600_000;

/** The key of the task that captures an attempt; the provider gets the same key. */
export const captureKey = ({ orderId, attempt }: Pick<PaymentRow, 'orderId' | 'attempt'>): string =>
  `payment:${orderId}:capture:${attempt}`;

/**
 * Captures a payment that a buyer began. Between the commit that began it and the one that settles it stands one call of the provider,
 * with a key: repeated after a crash or a failed commit, it charges once. When the attempts are used up the outcome is unknown: the
 * payment stays pending, and an operator retries the dead task.
 */
export const capturePayment: TaskHandler<'payment.capture'> = {
  attemptsMax: 8,
  retryAfterMs: exponential(30_000, 4 * HOUR_MS),
  concurrency: 4,
  async run(ctx, { orderId, attempt }) {
    requireSystem(ctx.actor);
    const payment = await ctx.repos.payments.find(orderId);
    if (payment?.status !== 'pending' || payment.attempt !== attempt) return; // an earlier run got this far
    const { amountE8, currency } = payment;
    const outcome = await ctx.services.payments.capture({ orderId, amountE8, currency }, { idempotencyKey: captureKey(payment) });
    await ctx.change((tx) => settleCapture(tx, payment, outcome));
  },
};

async function settleCapture(tx: Tx, payment: PaymentRow, outcome: CaptureOutcome): Promise<void> {
  const { orderId, amountE8, currency } = payment;
  await lockOrder(tx, orderId);
  const to = outcome.captured
    ? { status: 'captured' as const, reference: outcome.reference }
    : { status: 'failed' as const, failure: outcome.reason };
  const order = await tx.repos.orders.findById(orderId);
  if (!order) throw new Error(`The order ${orderId} of a payment is missing.`);
  if (!(await tx.repos.payments.settle(payment, 'pending', to, tx.at))) {
    const now = await tx.repos.payments.find(orderId);
    if (now?.status === 'pending' && now.attempt === payment.attempt) throw new Raced();
    return; // another run has settled it
  }
  const detail = { amountE8: String(amountE8), currency, attempt: payment.attempt };
  if (outcome.captured) {
    await transition(tx, ORDER, order, PAYMENT_OUTCOMES.captured.to, { actorId: order.buyerId });
    await postPayment(tx, order, payment);
    await tx.audit('payment.captured', 'order', orderId, { reference: outcome.reference, ...detail });
  } else {
    const { sellerId, buyerId } = order;
    // An order that an earlier release has begun to pay is still placed.
    if (order.status === 'paying')
      await transition(tx, ORDER, order, PAYMENT_OUTCOMES.refused.to, { actorId: SYSTEM_ID, reason: 'payment-refused' });
    await tx.publish('payment.failed', { orderId, sellerId, buyerId });
    await tx.audit('payment.failed', 'order', orderId, { reason: outcome.reason, ...detail });
  }
}
