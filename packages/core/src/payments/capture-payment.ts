import type { OrderStatus, PaymentStatus } from '@assay/contract';
import { lockOrder } from '../orders/lock-order.ts';
import { ORDER } from '../orders/order-machine.ts';
import { PAYMENT_OUTCOMES, SYSTEM_ID } from '../orders/rules.ts';
import { requireSystem } from '../kernel/actor.ts';
import type { Tx } from '../kernel/context.ts';
import { Raced } from '../kernel/raced.ts';
import { exponential, type TaskHandler } from '../kernel/task.ts';
import { transition } from '../kernel/transition.ts';
import { postPayment } from '../ledger/order-money.ts';
import { beginRefund } from './begin-refund.ts';
import type { PaymentRow } from './ports.ts';
import { sendCall, unknownReason, type CallOutcome } from './provider-call.ts';

const HOUR_MS = 3_600_000;

/** Of a payment that has no outcome yet. */
export const OPEN_PAYMENT: readonly PaymentStatus[] = ['pending', 'unresolved'];

/** The key of the task that captures an attempt; the provider gets the same key. */
export const captureKey = ({ orderId, attempt }: Pick<PaymentRow, 'orderId' | 'attempt'>): string =>
  `payment:${orderId}:capture:${attempt}`;

/** A payment as its provider was asked for it. */
export const callOfPayment = (payment: PaymentRow) => ({
  kind: 'payment' as const,
  provider: payment.provider,
  key: captureKey(payment),
  reference: payment.reference,
  keyedAt: payment.begunAt,
});

/**
 * Captures a payment that a buyer began. Between the commit that began it and the one that settles it stands one call of the provider,
 * with a key: repeated after a crash, a lost answer or a failed commit, it charges once. The attempts last longer than the key: the last
 * ones look up what became of it.
 */
export const capturePayment: TaskHandler<'payment.capture'> = {
  attemptsMax: 16,
  retryAfterMs: exponential(30_000, 4 * HOUR_MS),
  concurrency: 4,
  async run(ctx, { orderId, attempt }) {
    requireSystem(ctx.actor);
    const payment = await ctx.repos.payments.find(orderId);
    if (!payment || !OPEN_PAYMENT.includes(payment.status) || payment.attempt !== attempt) return; // an earlier run got this far
    const { amountE8, currency } = payment;
    const outcome = await sendCall(ctx, callOfPayment(payment), () =>
      ctx.services.payments.capture({ orderId, amountE8, currency }, { idempotencyKey: captureKey(payment) }),
    );
    await ctx.change((tx) => settleCapture(tx, payment, outcome));
    if (outcome.status === 'unknown') throw outcome.error;
  },
};

/**
 * Writes down what is known of a payment's attempt. Does nothing where it has an outcome already; but money that arrived counts also where
 * the attempt was taken for failed.
 */
export async function settleCapture(tx: Tx, payment: PaymentRow, outcome: CallOutcome): Promise<void> {
  const { orderId, amountE8, currency, attempt } = payment;
  if (outcome.status === 'not-found') return;
  await lockOrder(tx, orderId);
  const order = await tx.repos.orders.findById(orderId);
  if (!order) throw new Error(`The order ${orderId} of a payment is missing.`);
  const { sellerId, buyerId } = order;
  const detail = { amountE8: String(amountE8), currency, attempt };
  switch (outcome.status) {
    case 'waiting':
      if (!(await settle(tx, payment, { status: 'pending', reference: outcome.reference }))) return;
      await tx.publish('payment.waiting', { orderId, sellerId, buyerId });
      return;
    case 'unknown': {
      const failure = unknownReason(outcome.error);
      if (payment.status === 'unresolved' || !(await settle(tx, payment, { status: 'unresolved', failure }))) return;
      await tx.publish('payment.unresolved', { orderId, sellerId, buyerId });
      await tx.audit('payment.unresolved', 'order', orderId, { reason: failure, ...detail });
      return;
    }
    case 'done': {
      const { reference } = outcome;
      if (!(await settle(tx, payment, { status: 'captured', reference }, [...OPEN_PAYMENT, 'failed']))) return;
      const isAwaited = (PAYMENT_OUTCOMES.captured.from as readonly OrderStatus[]).includes(order.status);
      if (isAwaited) await transition(tx, ORDER, order, PAYMENT_OUTCOMES.captured.to, { actorId: buyerId });
      await postPayment(tx, order, payment);
      await tx.audit('payment.captured', 'order', orderId, { reference, ...detail });
      if (!isAwaited) await beginRefund(tx, orderId); // it was cancelled meanwhile
      return;
    }
    default: {
      const reason = outcome.status === 'refused' ? outcome.reason : 'The payment did not reach the provider.';
      if (!(await settle(tx, payment, { status: 'failed', failure: reason }))) return;
      // An order that an earlier release has begun to pay is still placed.
      if (order.status === 'paying')
        await transition(tx, ORDER, order, PAYMENT_OUTCOMES.refused.to, { actorId: SYSTEM_ID, reason: 'payment-refused' });
      await tx.publish('payment.failed', { orderId, sellerId, buyerId });
      await tx.audit('payment.failed', 'order', orderId, { reason, ...detail });
    }
  }
}

/** False when another run has settled the attempt. @throws Raced when it is open all the same */
async function settle(
  tx: Tx,
  payment: PaymentRow,
  to: Parameters<Tx['repos']['payments']['settle']>[2],
  from: readonly PaymentStatus[] = OPEN_PAYMENT,
): Promise<boolean> {
  if (await tx.repos.payments.settle(payment, from, to, tx.at)) return true;
  const now = await tx.repos.payments.find(payment.orderId);
  if (now && from.includes(now.status) && now.attempt === payment.attempt) throw new Raced();
  return false;
}
