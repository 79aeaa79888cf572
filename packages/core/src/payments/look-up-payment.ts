import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { exponential, type TaskHandler } from '../kernel/task.ts';
import { endUnsold } from '../orders/end-order.ts';
import { SYSTEM_ID } from '../orders/rules.ts';
import { callOfPayment, settleCapture } from './capture-payment.ts';
import type { PaymentRow } from './ports.ts';
import { lookUpCall, type CallOutcome } from './provider-call.ts';

const MINUTE_MS = 60_000;

/** Whether the provider waits for the buyer or a bank. */
export const waits = (payment: PaymentRow | null): payment is PaymentRow => payment?.status === 'pending' && payment.reference !== '';

/** What became of a payment; one that still waits for its buyer is ended. */
export async function endWaiting(ctx: Context, payment: PaymentRow): Promise<CallOutcome> {
  const outcome = await lookUpCall(ctx, callOfPayment(payment));
  const { form } = ctx.services.payments;
  if (outcome.status !== 'waiting' || !form) return outcome;
  try {
    return await form.cancel(payment.reference);
  } catch (error) {
    return { status: 'unknown', error };
  }
}

/**
 * Looks up a payment whose buyer had the time to make it, so that an event that was lost changes nothing, and ends one that was not made:
 * its order is cancelled. What a bank still works on goes on waiting; the next task looks again.
 */
export const lookUpPayment: TaskHandler<'payment.look-up'> = {
  attemptsMax: 6,
  retryAfterMs: exponential(MINUTE_MS, 10 * MINUTE_MS),
  concurrency: 4,
  async run(ctx, { orderId, attempt }) {
    requireSystem(ctx.actor);
    const payment = await ctx.repos.payments.find(orderId);
    if (!waits(payment) || payment.attempt !== attempt) return;
    const outcome = await endWaiting(ctx, payment);
    if (outcome.status === 'unknown') throw outcome.error;
    await ctx.change(async (tx) => {
      await settleCapture(tx, payment, outcome);
      const [now, order] = [await tx.repos.payments.find(orderId), await tx.repos.orders.findById(orderId)];
      const ended = now?.status === 'failed' && now.attempt === attempt;
      if (outcome.status === 'refused' && ended && order?.status === 'placed')
        await endUnsold(tx, order, 'cancelled', { actorId: SYSTEM_ID, reason: 'not-paid' });
    });
  },
};
