import type {
  CancelledItemView,
  OrderActor,
  OrderDetail,
  OrderGroupView,
  OrderItemView,
  OrderMove,
  OrderReason,
  OrderRelease,
  OrderStatus,
  OrderView,
} from '@assay/contract';
import { day, moment } from '#lib/format.ts';

export const STATUS_LABELS: Record<OrderStatus, string> = {
  placed: 'Awaiting payment',
  paying: 'Payment in progress',
  paid: 'Paid',
  shipped: 'Shipped',
  delivered: 'Delivered',
  completed: 'Completed',
  disputed: 'In dispute',
  resolved: 'Dispute closed',
  cancelled: 'Cancelled',
  declined: 'Declined',
};

export const MOVE_LABELS: Record<OrderMove, string> = {
  pay: 'Pay now',
  ship: 'Mark as shipped',
  deliver: 'Mark as delivered',
  complete: 'It arrived',
  cancel: 'Cancel order',
  decline: 'Decline order',
};

export const REASON_LABELS: Record<OrderReason, string> = {
  'changed-mind': 'Changed my mind',
  'found-elsewhere': 'Found it elsewhere',
  'ordered-by-mistake': 'Ordered by mistake',
  'wrong-address': 'Wrong delivery address',
  'buyer-asked': 'Buyer asked to cancel',
  'address-problem': 'Problem with the delivery address',
  'out-of-stock': 'Out of stock or damaged',
  'price-mistake': 'Wrong price in the listing',
  'cannot-ship': 'Cannot ship to this address',
  other: 'Another reason',
  'not-paid': 'Not paid in time',
  'not-shipped': 'Not shipped in time',
  'delivery-time-passed': 'The usual delivery time has passed',
  'not-disputed': 'No problem was reported in time',
  'payment-refused': 'Payment failed',
  'refunded-in-full': 'Refunded in full',
  'refunded-in-part': 'Refunded in part',
  'not-refunded': 'No refund',
};

/** The steps of an order that goes well, as they are called before they are taken. */
export const STEP_LABELS: Record<OrderStatus, string> = {
  placed: 'Order placed',
  paying: 'Payment in progress',
  paid: 'Payment',
  shipped: 'Shipping',
  delivered: 'Delivery',
  completed: 'Received',
  disputed: 'Dispute',
  resolved: 'Dispute closed',
  cancelled: 'Cancelled',
  declined: 'Declined',
};
const STEPS: readonly OrderStatus[] = ['placed', 'paid', 'shipped', 'delivered', 'completed'];

/** Orders that ended without a sale. */
export const isUnsold = (status: OrderStatus): boolean => status === 'cancelled' || status === 'declined';

/** Orders that their buyer may rate the seller for. */
export const isRateable = (status: OrderStatus): boolean => status === 'completed' || status === 'resolved';

/** The steps that an order still has before it; none once it is cancelled, declined or resolved. */
export function stepsAhead(status: OrderStatus): OrderStatus[] {
  if (status === 'disputed') return ['resolved'];
  if (isUnsold(status) || status === 'resolved') return [];
  return STEPS.slice(STEPS.indexOf(status === 'paying' ? 'placed' : status) + 1);
}

const EVENT_LABELS: Record<OrderStatus, [you: string, other: string]> = {
  placed: ['You placed the order', 'The buyer placed the order'],
  paying: ['You began to pay', 'The buyer began to pay'],
  paid: ['You paid', 'The buyer paid'],
  shipped: ['You shipped the order', 'The seller shipped the order'],
  delivered: ['You marked the order as delivered', 'The seller marked the order as delivered'],
  completed: ['You received the order', 'The buyer received the order'],
  disputed: ['You opened a dispute', 'The buyer opened a dispute'],
  resolved: ['You closed the dispute', 'The dispute was closed'],
  cancelled: ['You cancelled the order', 'The order was cancelled'],
  declined: ['You declined the order', 'The seller declined the order'],
};

/** What happened by itself. */
const SYSTEM_LABELS: Partial<Record<OrderStatus, string>> = {
  placed: 'The payment failed',
  delivered: 'Counted as delivered',
  completed: 'Completed automatically',
  resolved: 'The dispute was closed automatically',
  cancelled: 'Cancelled automatically',
};

/** Who reads about an order: its buyer, its seller, or with null neither of them. */
export type Buying = boolean | null;

const sideOf = (buying: Buying): OrderActor => (buying === null ? 'platform' : buying ? 'buyer' : 'seller');

/** A step that was taken, as a side of the order or an admin reads it. */
export function eventLabel({ to, by }: { to: OrderStatus; by: OrderActor }, buying: Buying): string {
  const [you, other] = EVENT_LABELS[to];
  if (by === 'system') return SYSTEM_LABELS[to] ?? other;
  if (buying !== null && by === sideOf(buying)) return you;
  return to === 'cancelled' ? `The ${by} cancelled the order` : other;
}

/** Steps as the history shows them: a payment that was captured at once is one step. */
export const shownEvents = (events: OrderDetail['events']): OrderDetail['events'] =>
  events.filter(({ to }, i) => to !== 'paying' || i === events.length - 1);

/** A payment that has not arrived, for the buyer. */
export const PAYMENT_LABELS = {
  pending: 'Payment in progress.',
  waiting: 'Your payment is not finished yet.',
  unresolved: 'We are checking this payment with the payment provider. It is not charged twice.',
  failed: 'Payment failed. You can try again.',
};

/** What cancelling means for the money, before it is done. */
export const cancelConsequence = ({ status }: Pick<OrderView, 'status'>, buying: boolean): string => {
  if (status === 'placed') return buying ? 'Nothing was paid, so nothing is charged.' : 'The buyer has not paid.';
  return buying ? 'Your payment is refunded in full.' : 'The buyer’s payment is refunded in full.';
};

/** How many units of an item are not cancelled. */
export const unitsLeft = ({ quantity, cancelled }: Pick<OrderItemView, 'quantity' | 'cancelled'>): number => quantity - cancelled;

/** Which side cancelled an item, as one of the two or an admin reads it. */
export const cancelledLabel = ({ by }: Pick<CancelledItemView, 'by'>, buying: Buying): string =>
  buying !== null && by === sideOf(buying) ? 'Cancelled by you' : `Cancelled by the ${by}`;

/** What happens at the end of a state, and when, as one of the two sides reads it; null where nothing does. */
export function deadlineLabel(
  { status, dueAt, escrowEnabled }: Pick<OrderView, 'status' | 'dueAt' | 'escrowEnabled'>,
  buying: boolean,
): string | null {
  if (!dueAt) return null;
  switch (status) {
    case 'placed':
      return `${buying ? 'Pay by' : 'The buyer has until'} ${moment(dueAt)}${buying ? ', or the order is cancelled.' : ' to pay. Then the order is cancelled.'}`;
    case 'paid':
      return buying
        ? `The seller has until ${day(dueAt)} to ship. Then the order is cancelled and you are refunded.`
        : `Ship by ${day(dueAt)}, or the order is cancelled and the buyer is refunded.`;
    case 'shipped':
      return `It counts as delivered on ${day(dueAt)}, unless it is confirmed sooner.`;
    case 'delivered':
      return buying
        ? `Confirm that it arrived by ${day(dueAt)}. Then the order is completed${escrowEnabled ? ' and the seller is paid' : ''}.`
        : `The order is completed on ${day(dueAt)}, or when the buyer confirms sooner.`;
    default:
      return null;
  }
}

/** When the seller of an order gets its money, as they read it; null where there is nothing to say. */
export function releaseLabel(
  { dueAt, at, availableAt }: OrderRelease,
  { status, escrowEnabled }: Pick<OrderView, 'status' | 'escrowEnabled'>,
): string | null {
  if (status === 'disputed') return null; // the payment is held, which the page says already
  if (at && availableAt) return `Payment released on ${day(at)}. It is available for payout from ${day(availableAt)}.`;
  if (status === 'paid')
    return escrowEnabled
      ? 'The payment is held until the buyer confirms that it arrived.'
      : 'The payment is released some days after you ship.';
  if (!dueAt) return null;
  return `The payment is released by ${day(dueAt)}, or when the buyer confirms sooner.`;
}

/** What became of the payment of a checkout. */
export function paidTogetherLabel({ orders, waiting }: Pick<OrderGroupView, 'orders' | 'waiting'>): string {
  if (waiting.length > 0) return PAYMENT_LABELS.waiting;
  const payments = new Set(orders.map(({ payment }) => payment));
  const open = (['unresolved', 'pending', 'failed'] as const).find((status) => payments.has(status));
  if (open) return PAYMENT_LABELS[open];
  return orders.length > 1 ? 'Payment received. The sellers ship your orders next.' : 'Payment received. The seller ships your order next.';
}

const DONE_LABELS: Record<Exclude<OrderMove, 'pay' | 'cancel' | 'decline'>, string> = {
  ship: 'Marked as shipped. The buyer confirms when it arrives.',
  deliver: 'Marked as delivered. The buyer confirms that it arrived.',
  complete: 'Order complete. Thank you.',
};

/** What a move of an order led to. The API answers with the order also where the payment was declined or is still pending. */
export function doneLabel(
  move: OrderMove,
  { status, payment, paymentWaits }: Pick<OrderView, 'status' | 'payment'> & Partial<Pick<OrderView, 'paymentWaits'>>,
): string {
  if (move === 'cancel' || move === 'decline') {
    const done = move === 'cancel' ? 'Order cancelled.' : 'Order declined.';
    return payment === null || payment === 'failed' ? `${done} Nothing was charged.` : `${done} The payment is refunded.`;
  }
  if (move !== 'pay') return DONE_LABELS[move];
  if (paymentWaits) return PAYMENT_LABELS.waiting;
  if (status === 'paid') return 'Payment received. The seller ships your order next.';
  return PAYMENT_LABELS[payment === 'failed' || payment === 'unresolved' ? payment : 'pending'];
}
