import type { OpenDisputeInput } from '@assay/contract';
import type { Tx } from '../kernel/context.ts';
import { transition } from '../kernel/transition.ts';
import { postDisputeHeld, postRelease } from '../ledger/order-money.ts';
import { ORDER } from '../orders/order-machine.ts';
import type { OrderRow } from '../orders/ports.ts';
import { DISPUTE_STEPS } from '../orders/rules.ts';
import { emailOfDispute } from './email-of-dispute.ts';
import { publishDispute } from './publish-dispute.ts';
import { disputeDueAt } from './rules.ts';

/**
 * Begins the dispute of an order in the name of its buyer: the order is disputed, and its payment held. The change has locked the order,
 * which has no dispute yet.
 */
export async function beginDispute(tx: Tx, order: OrderRow, { reason, text }: OpenDisputeInput): Promise<void> {
  const { id, buyerId } = order;
  const event = { action: 'open' as const, actorId: buyerId, text, amountE8: null, outcome: null };
  const disputeId = await tx.repos.disputes.create({ orderId: id, reason, openedFrom: order.status }, event, tx.at);
  if (order.status === 'completed') await postRelease(tx, order); // an older release completed it
  await transition(tx, ORDER, order, DISPUTE_STEPS.open.to, { actorId: buyerId });
  await postDisputeHeld(tx, order, disputeId);
  await tx.audit('dispute.open', 'order', id, { disputeId, reason });
  await publishDispute(tx, order, disputeId);
  await emailOfDispute(tx, order, { ...event, dueAt: disputeDueAt('opened', tx.settings.orderTimes, tx.at) });
}
