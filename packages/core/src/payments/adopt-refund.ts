import { requireSystem } from '../kernel/actor.ts';
import { exponential, type TaskHandler } from '../kernel/task.ts';
import { refundTaskKey } from './begin-refund.ts';
import { earlierKey } from './refund-money.ts';

const HOUR_MS = 3_600_000;

/** Makes a refund that the release before began one with a row of its own. It keeps its key, because the provider may have it. */
export const adoptRefund: TaskHandler<'payment.refund'> = {
  attemptsMax: 12,
  retryAfterMs: exponential(30_000, 4 * HOUR_MS),
  concurrency: 4,
  async run(ctx, { orderId }) {
    requireSystem(ctx.actor);
    await ctx.change(async (tx) => {
      const payment = await tx.repos.payments.find(orderId);
      if (payment?.status !== 'refunding' || payment.refundPendingE8 > 0n) return; // an earlier run got this far
      const { amountE8 } = payment;
      if (!(await tx.repos.payments.settle(payment, ['refunding'], { status: 'captured' }, tx.at))) return;
      if (!(await tx.repos.payments.claimRefund(orderId, amountE8, tx.at))) throw new Error(`The payment ${orderId} cannot be refunded.`);
      const id = await tx.repos.refunds.create({ orderId, amountE8, reason: 'cancelled', requestedBy: null }, tx.at, earlierKey(orderId));
      await tx.enqueue('refund.send', { refundId: id }, { key: refundTaskKey(id) });
    });
  },
};
