import { requireSystem } from '../kernel/actor.ts';
import type { Tx } from '../kernel/context.ts';
import { Raced } from '../kernel/raced.ts';
import { exponential, type TaskHandler } from '../kernel/task.ts';
import { postRefundFailed, postRefundReturned, postRefundSettled } from '../ledger/order-money.ts';
import { lockOrder } from '../orders/lock-order.ts';
import { refundTaskKey } from './begin-refund.ts';
import type { PaymentRow, RefundRow, RefundStatus } from './ports.ts';
import { moneyOf, publishRefund } from './refund-money.ts';
import { sendCall, unknownReason, type CallOutcome } from './provider-call.ts';

const HOUR_MS = 3_600_000;

/** Of a refund that has no outcome yet. */
export const OPEN_REFUND: ReadonlySet<RefundStatus> = new Set(['pending', 'unresolved']);

/** A refund as its provider was asked for it. */
export const callOfRefund = ({ key, keyedAt }: RefundRow, { provider, reference }: PaymentRow) => ({
  kind: 'refund' as const,
  provider,
  key,
  keyedAt,
  reference,
});

/**
 * Sends a refund to the provider, with its key: repeated after a crash, a lost answer or a failed commit, it moves money once. The
 * attempts last longer than the key: one that the provider never got is sent again with a new key, by a task of its own.
 */
export const sendRefund: TaskHandler<'refund.send'> = {
  attemptsMax: 16,
  retryAfterMs: exponential(30_000, 4 * HOUR_MS),
  concurrency: 4,
  async run(ctx, { refundId }) {
    requireSystem(ctx.actor);
    const refund = await ctx.repos.refunds.find(refundId);
    if (!refund || !OPEN_REFUND.has(refund.status)) return; // an earlier run got this far
    const { orderId, amountE8, key } = refund;
    const payment = await ctx.repos.payments.find(orderId);
    if (!payment) throw new Error(`The payment of the refund ${refundId} is missing.`);
    const { reference, currency } = payment;
    const outcome = await sendCall(ctx, callOfRefund(refund, payment), () =>
      ctx.services.payments.refund({ orderId, reference, amountE8, currency }, { idempotencyKey: key }),
    );
    await ctx.change((tx) => settleRefund(tx, refund, payment, outcome));
    if (outcome.status === 'unknown') throw outcome.error;
  },
};

/** Writes down what is known of a refund. Does nothing where it has an outcome already. */
export async function settleRefund(tx: Tx, refund: RefundRow, payment: PaymentRow, outcome: CallOutcome): Promise<void> {
  const { id, orderId, amountE8 } = refund;
  await lockOrder(tx, orderId); // where the money goes depends on the order's state
  const { refunds, payments } = tx.repos;
  const detail = { refundId: id, amountE8: String(amountE8), currency: payment.currency };
  if (outcome.status === 'not-found') return;
  if (outcome.status === 'never-sent') {
    if (!(await refunds.renewKey(refund, tx.at))) return requireEnded(tx, refund);
    return tx.enqueue('refund.send', { refundId: id }, { key: refundTaskKey(id, refund.attempt + 1) });
  }
  if (outcome.status === 'unknown') {
    const failure = unknownReason(outcome.error);
    if (refund.status === 'unresolved' || !(await settle(tx, refund, { status: 'unresolved', failure }))) return;
    await tx.audit('refund.unresolved', 'order', orderId, { reason: failure, ...detail });
  } else if (outcome.status === 'waiting') {
    if (!(await settle(tx, refund, { status: 'pending', reference: outcome.reference }))) return;
  } else if (outcome.status === 'done') {
    const { reference } = outcome;
    if (!(await settle(tx, refund, { status: 'done', reference }))) return;
    await payments.endRefund(orderId, amountE8, true, tx.at);
    await postRefundSettled(tx, await moneyOf(tx, refund, payment));
    await tx.audit('payment.refunded', 'order', orderId, { reference, ...detail });
  } else {
    const { reason } = outcome;
    if (!(await settle(tx, refund, { status: 'failed', failure: reason }))) return;
    await payments.endRefund(orderId, amountE8, false, tx.at);
    await postRefundFailed(tx, await moneyOf(tx, refund, payment));
    await tx.audit('refund.failed', 'order', orderId, { reason, ...detail });
  }
  await publishRefund(tx, orderId);
}

/** The buyer's bank has returned a refund that was done: the amount is free again. @throws Raced when another run was faster */
export async function returnRefund(tx: Tx, refund: RefundRow, payment: PaymentRow, reason: string): Promise<void> {
  const { id, orderId, amountE8 } = refund;
  await lockOrder(tx, orderId);
  if (!(await tx.repos.refunds.markReturned(refund, reason, tx.at))) throw new Raced();
  await tx.repos.payments.returnRefund(orderId, amountE8, tx.at);
  await postRefundReturned(tx, await moneyOf(tx, refund, payment));
  await tx.audit('refund.returned', 'order', orderId, { refundId: id, amountE8: String(amountE8), currency: payment.currency, reason });
  await publishRefund(tx, orderId);
}

/** False when another run has settled the refund. @throws Raced when it is open all the same */
async function settle(tx: Tx, refund: RefundRow, to: Parameters<Tx['repos']['refunds']['settle']>[1]): Promise<boolean> {
  if (await tx.repos.refunds.settle(refund, to, tx.at)) return true;
  await requireEnded(tx, refund);
  return false;
}

async function requireEnded(tx: Tx, { id, attempt }: RefundRow): Promise<void> {
  const now = await tx.repos.refunds.find(id);
  if (now && OPEN_REFUND.has(now.status) && now.attempt === attempt) throw new Raced();
}
