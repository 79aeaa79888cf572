import {
  CANCEL_REASONS_OF_BUYER,
  CANCEL_REASONS_OF_SELLER,
  DECLINE_REASONS,
  ORDER_MOVES,
  type OrderMove,
  type OrderReason,
  type OrderStatus,
} from '@assay/contract';
import type { OrderRow, OrderTimes } from './ports.ts';

export type Party = 'buyer' | 'seller';

/** The id that the history gives as the actor of what happens by itself: a deadline, a refused payment. */
export const SYSTEM_ID = 0;

interface MoveRule {
  from: readonly OrderStatus[];
  to: OrderStatus;
  by: readonly Party[];
  /** The reasons that each side may give. */
  reasons?: Partial<Record<Party, readonly OrderReason[]>>;
  /** Only for shipments with a tracking number. */
  tracked?: true;
}

/** What buyers and sellers do with an order. */
export const MOVES: Record<OrderMove, MoveRule> = {
  pay: { from: ['placed'], to: 'paying', by: ['buyer'] },
  ship: { from: ['paid'], to: 'shipped', by: ['seller'] },
  deliver: { from: ['shipped'], to: 'delivered', by: ['seller'], tracked: true },
  complete: { from: ['shipped', 'delivered'], to: 'completed', by: ['buyer'] },
  cancel: {
    from: ['placed', 'paid'],
    to: 'cancelled',
    by: ['buyer', 'seller'],
    reasons: { buyer: CANCEL_REASONS_OF_BUYER, seller: CANCEL_REASONS_OF_SELLER },
  },
  decline: { from: ['placed', 'paid'], to: 'declined', by: ['seller'], reasons: { seller: DECLINE_REASONS } },
};

/** What the payment provider’s answer does with an order. An order that an earlier release has begun to pay is still “placed”. */
export const PAYMENT_OUTCOMES = {
  captured: { from: ['placed', 'paying'], to: 'paid' },
  refused: { from: ['paying'], to: 'placed' },
} as const satisfies Record<string, Pick<MoveRule, 'from' | 'to'>>;

/** How a dispute moves its order; what its sides do meanwhile is in disputes/rules.ts. */
export const DISPUTE_STEPS = {
  open: { from: ['paid', 'shipped', 'delivered', 'completed'], to: 'disputed', by: ['buyer'] },
  close: { from: ['disputed'], to: 'resolved', by: ['buyer', 'seller'] },
} as const satisfies Record<string, MoveRule>;

interface Deadline {
  /** How long an order may be in the state. */
  after: keyof OrderTimes;
  /** What it becomes then, by itself. */
  to: OrderStatus;
  reason: OrderReason;
  /** Who gets an e-mail before. */
  reminds?: Party;
}

/**
 * When each state ends by itself; null for final ones. While a payment may still be captured, an order waits for its outcome instead: a
 * deadline never cancels what a buyer may be charged for.
 */
export const DEADLINES: Record<OrderStatus, Deadline | null> = {
  placed: { after: 'paymentMs', to: 'cancelled', reason: 'not-paid' },
  paying: { after: 'paymentMs', to: 'cancelled', reason: 'not-paid' },
  paid: { after: 'shippingMs', to: 'cancelled', reason: 'not-shipped', reminds: 'seller' },
  shipped: { after: 'deliveryMs', to: 'delivered', reason: 'delivery-time-passed' },
  delivered: { after: 'confirmationMs', to: 'completed', reason: 'not-disputed', reminds: 'buyer' },
  completed: null,
  // The first of its steps: the further ones have deadlines of their own.
  disputed: { after: 'answerMs', to: 'resolved', reason: 'refunded-in-full' },
  resolved: null,
  cancelled: null,
  declined: null,
};

/** When an order that comes into a state now leaves it by itself; null for final states. */
export function dueAtOf(status: OrderStatus, times: OrderTimes, at: Date): Date | null {
  const deadline = DEADLINES[status];
  return deadline && new Date(at.getTime() + times[deadline.after]);
}

/**
 * When the time since the shipment releases the payment of an order that comes into a state now; undefined where that stays as it is. A
 * payment that is held until the buyer confirms has no such time.
 */
export function releaseAtOf(
  to: OrderStatus,
  { escrowEnabled }: Pick<OrderRow, 'escrowEnabled'>,
  { releaseMs }: OrderTimes,
  at: Date,
): Date | null | undefined {
  if (to === 'delivered') return undefined;
  return to === 'shipped' && !escrowEnabled ? new Date(at.getTime() + releaseMs) : null;
}

/** When the payment of an order that is on its way is released at the latest; null where that is not known yet, or it is over. */
export function expectedRelease(order: Pick<OrderRow, 'status' | 'dueAt' | 'dueStatus' | 'releaseAt'>, times: OrderTimes): Date | null {
  const { status, dueAt, dueStatus, releaseAt } = order;
  if (status !== 'shipped' && status !== 'delivered') return null;
  const end = dueAt && dueStatus === status ? dueAt.getTime() : null;
  const completed = end === null ? null : new Date(end + (status === 'shipped' ? times.confirmationMs : 0));
  if (releaseAt === null || completed === null) return releaseAt ?? completed;
  return releaseAt < completed ? releaseAt : completed;
}

/** Whether the provider may still take the buyer’s money for an order that is not paid. */
export const mayBeCaptured = ({ status, payment }: Pick<OrderRow, 'status' | 'payment'>): boolean =>
  (status === 'placed' || status === 'paying') && payment !== null && payment !== 'failed';

type Disputable = Pick<OrderRow, 'status' | 'payment' | 'dueAt' | 'dueStatus' | 'completedAt'>;

/** Until when the buyer of a completed order may open a dispute; null for others. */
export const disputeUntil = ({ status, completedAt }: Disputable, { disputeMs }: OrderTimes): Date | null =>
  status === 'completed' && completedAt ? new Date(completedAt.getTime() + disputeMs) : null;

/**
 * Whether the buyer may open a dispute: about what was paid and is late, on its way or delivered, or was completed not long ago. What
 * is paid and in time is cancelled instead.
 */
export function isDisputable(order: Disputable, times: OrderTimes, at: Date): boolean {
  const { status, payment, dueAt, dueStatus } = order;
  if (payment !== 'captured' || !(DISPUTE_STEPS.open.from as readonly OrderStatus[]).includes(status)) return false;
  if (status === 'paid') return dueStatus === 'paid' && dueAt !== null && dueAt <= at;
  const until = disputeUntil(order, times);
  return status !== 'completed' || (until !== null && at < until);
}

/** Which side of an order a user is on; null for a stranger. */
export const partyOf = ({ buyerId, sellerId }: Pick<OrderRow, 'buyerId' | 'sellerId'>, userId: number): Party | null =>
  userId === buyerId ? 'buyer' : userId === sellerId ? 'seller' : null;

/** What a party may do with an order in that state. While a payment is pending the order waits for its outcome. */
export function movesFor(party: Party, order: Pick<OrderRow, 'status' | 'payment' | 'trackingNumber'>): OrderMove[] {
  if (mayBeCaptured(order)) return [];
  return ORDER_MOVES.filter((move) => {
    const { by, from, tracked } = MOVES[move];
    return by.includes(party) && from.includes(order.status) && (!tracked || order.trackingNumber !== null);
  });
}
