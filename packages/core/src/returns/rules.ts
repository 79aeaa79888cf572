import { RETURN_MOVES, type ReturnMove, type ReturnReason, type ReturnStatus } from '@assay/contract';
import type { OrderItemRow, OrderRow, OrderTimes } from '../orders/ports.ts';
import type { Party } from '../orders/rules.ts';
import { totalE8Of } from '../orders/totals.ts';
import type { ReturnItemRow, ReturnRow } from './ports.ts';

interface ReturnMoveRule {
  from: readonly ReturnStatus[];
  to: ReturnStatus;
  by: Party;
  /** What it has to say. */
  needs?: 'address' | 'text';
}

/** What the sides do with a return. */
export const RETURN_RULES: Record<ReturnMove, ReturnMoveRule> = {
  accept: { from: ['requested'], to: 'accepted', by: 'seller', needs: 'address' },
  decline: { from: ['requested'], to: 'declined', by: 'seller', needs: 'text' },
  withdraw: { from: ['requested', 'accepted', 'declined'], to: 'closed', by: 'buyer' },
  send: { from: ['accepted'], to: 'sent', by: 'buyer' },
  receive: { from: ['sent'], to: 'refunded', by: 'seller' },
  escalate: { from: ['declined'], to: 'escalated', by: 'buyer' },
};

interface ReturnDeadline {
  after: keyof OrderTimes;
  to: ReturnStatus;
}

/** When each state ends by itself, and what it is then; null for final ones. A seller who does not answer has a dispute. */
export const RETURN_DEADLINES: Record<ReturnStatus, ReturnDeadline | null> = {
  requested: { after: 'answerMs', to: 'escalated' },
  accepted: { after: 'returnShippingMs', to: 'closed' },
  declined: { after: 'replyMs', to: 'closed' },
  sent: { after: 'deliveryMs', to: 'refunded' },
  refunded: null,
  closed: null,
  escalated: null,
};

/** When a return that comes into a state now leaves it by itself; null for final states. */
export function returnDueAt(status: ReturnStatus, times: OrderTimes, at: Date): Date | null {
  const deadline = RETURN_DEADLINES[status];
  return deadline && new Date(at.getTime() + times[deadline.after]);
}

/** What a side may do now. */
export const returnMovesFor = (party: Party, { status }: Pick<ReturnRow, 'status'>): ReturnMove[] =>
  RETURN_MOVES.filter((move) => RETURN_RULES[move].by === party && RETURN_RULES[move].from.includes(status));

/** Who pays for sending it back: the buyer who has changed their mind, or says nothing that the seller answers for. */
export const paysShipping = (reason: ReturnReason): Party => (reason === 'changed-mind' || reason === 'other' ? 'buyer' : 'seller');

/** Until when the buyer of a completed order may ask for a return; null for others. */
export const returnUntil = ({ status, completedAt }: Pick<OrderRow, 'status' | 'completedAt'>, { returnMs }: OrderTimes): Date | null =>
  status === 'completed' && completedAt ? new Date(completedAt.getTime() + returnMs) : null;

type Returning = Pick<OrderRow, 'status' | 'payment' | 'completedAt'>;

/** Whether the buyer may ask for a return of what was delivered, or was completed not long ago. */
export function isReturnable(order: Returning, times: OrderTimes, at: Date): boolean {
  if (order.payment !== 'captured') return false;
  const until = returnUntil(order, times);
  return order.status === 'delivered' || (until !== null && at < until);
}

/** Units of each item that may still be returned: those that were sent, less those of other returns that are under way or refunded. */
export function unitsToReturn(
  items: readonly OrderItemRow[],
  returns: readonly Pick<ReturnRow, 'id' | 'status'>[],
  returned: readonly ReturnItemRow[],
): Map<number, number> {
  const counted = new Set(returns.filter(({ status }) => status !== 'closed' && status !== 'escalated').map(({ id }) => id));
  const taken = (itemId: number) =>
    returned.reduce((sum, item) => (item.itemId === itemId && counted.has(item.returnId) ? sum + item.quantity : sum), 0);
  return new Map(items.map(({ id, quantity, cancelled }) => [id, quantity - cancelled - taken(id)]));
}

/**
 * What is refunded for a return: the price of its items, and what shipping has cost where all that was sent comes back for a reason that
 * the seller answers for. No more than is left of the payment.
 */
export function returnAmountE8(
  order: Pick<OrderRow, 'priceE8' | 'shippingE8'>,
  reason: ReturnReason,
  items: readonly OrderItemRow[],
  returned: readonly Pick<ReturnItemRow, 'itemId' | 'quantity'>[],
  left: bigint,
): bigint {
  const units = (itemId: number) => returned.find((item) => item.itemId === itemId)?.quantity ?? 0;
  const price = items.reduce((sum, { id, unitPriceE8 }) => sum + unitPriceE8 * BigInt(units(id)), 0n);
  const isAll = items.every(({ id, quantity, cancelled }) => units(id) === quantity - cancelled);
  const amount = isAll && paysShipping(reason) === 'seller' ? price + totalE8Of(order) - order.priceE8 : price;
  return amount < left ? amount : left;
}
