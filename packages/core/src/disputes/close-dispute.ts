import type { DisputeAction } from '@assay/contract';
import type { Tx } from '../kernel/context.ts';
import { Raced } from '../kernel/raced.ts';
import { transition } from '../kernel/transition.ts';
import { postDisputeReleased, postDisputeReturned } from '../ledger/order-money.ts';
import { ORDER } from '../orders/order-machine.ts';
import type { OrderRow } from '../orders/ports.ts';
import { DISPUTE_STEPS, SYSTEM_ID } from '../orders/rules.ts';
import { restock } from '../orders/stock.ts';
import { beginRefund, refundableE8 } from '../payments/begin-refund.ts';
import { emailOfDispute } from './email-of-dispute.ts';
import type { DisputeRow } from './ports.ts';
import { publishDispute } from './publish-dispute.ts';
import { RESOLUTIONS, resultInTime, type DisputeResult } from './rules.ts';

interface Closing {
  action: DisputeAction;
  actorId: number;
  text?: string | null;
  /** Both sides hear of it by what it follows from. */
  isNotified?: boolean;
}

/** What is left of a payment to be refunded by a result, in 1/100,000,000. */
function refundOf({ outcome, amountE8 }: DisputeResult, left: bigint): bigint {
  if (outcome === 'none') return 0n;
  return outcome === 'full' || amountE8 === null || amountE8 > left ? left : amountE8;
}

/**
 * Closes a dispute and resolves its order: the buyer is refunded by the result, and the seller gets the rest. The change has locked the
 * order.
 * @returns the key of the task that refunds; null where nothing is
 */
export async function closeDispute(
  tx: Tx,
  order: OrderRow,
  dispute: DisputeRow,
  result: DisputeResult,
  { action, actorId, text = null, isNotified = false }: Closing,
): Promise<string | null> {
  const payment = await tx.repos.payments.find(order.id);
  if (!payment) throw new Error(`The disputed order ${order.id} has no payment.`);
  const amountE8 = refundOf(result, refundableE8(payment));
  const { outcome } = result;
  const event = { action, actorId, text, amountE8, outcome };
  const change = { outcome, amountE8, closedAt: tx.at };
  if (!(await tx.repos.disputes.transition(dispute, 'closed', change, event, tx.at))) throw new Raced();
  await transition(tx, ORDER, order, DISPUTE_STEPS.close.to, { actorId, reason: RESOLUTIONS[outcome] });
  await postDisputeReturned(tx, order, dispute.id);
  const task = amountE8 > 0n ? await beginRefund(tx, order.id, amountE8, 'dispute') : null;
  await postDisputeReleased(tx, order, dispute.id);
  // What was never sent is for sale again.
  if (outcome === 'full' && dispute.openedFrom === 'paid') await restock(tx, order);
  await tx.audit(`dispute.${action}`, 'order', order.id, { disputeId: dispute.id, outcome, amountE8: String(amountE8) });
  await publishDispute(tx, order, dispute.id);
  if (!isNotified) await emailOfDispute(tx, order, { action, actorId, outcome, amountE8 });
  return task;
}

/** The time for the next step of a dispute is over: it ends as its rules say. The change has locked the order. */
export async function endDispute(tx: Tx, order: OrderRow): Promise<void> {
  const dispute = await tx.repos.disputes.ofOrder(order.id);
  if (!dispute) throw new Error(`The disputed order ${order.id} has no dispute.`);
  await closeDispute(tx, order, dispute, resultInTime(dispute), { action: 'expire', actorId: SYSTEM_ID });
}
