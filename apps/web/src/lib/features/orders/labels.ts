import type { OrderDetail, OrderMove, OrderStatus, OrderView } from '@assay/contract';

export const STATUS_LABELS: Record<OrderStatus, string> = {
  placed: 'Awaiting payment',
  paid: 'Paid',
  shipped: 'Shipped',
  completed: 'Completed',
  cancelled: 'Cancelled',
};

export const MOVE_LABELS: Record<OrderMove, string> = {
  pay: 'Pay now',
  ship: 'Mark as shipped',
  complete: 'Mark as received',
  cancel: 'Cancel order',
};

/** The steps of an order that goes well, as they are called before they are taken. */
export const STEP_LABELS: Record<OrderStatus, string> = {
  placed: 'Order placed',
  paid: 'Payment',
  shipped: 'Shipping',
  completed: 'Received',
  cancelled: 'Cancelled',
};
const STEPS: readonly OrderStatus[] = ['placed', 'paid', 'shipped', 'completed'];

/** The steps that an order still has before it; none once it is cancelled. */
export const stepsAhead = (status: OrderStatus): OrderStatus[] => (status === 'cancelled' ? [] : STEPS.slice(STEPS.indexOf(status) + 1));

const EVENT_LABELS: Record<OrderStatus, [you: string, other: string]> = {
  placed: ['You placed the order', 'The buyer placed the order'],
  paid: ['You paid', 'The buyer paid'],
  shipped: ['You shipped the order', 'The seller shipped the order'],
  completed: ['You received the order', 'The buyer received the order'],
  cancelled: ['You cancelled the order', 'The order was cancelled'],
};

/** A step that was taken, as one of the two sides reads it. */
export function eventLabel({ to, byBuyer }: Pick<OrderDetail['events'][number], 'to' | 'byBuyer'>, buying: boolean): string {
  const [you, other] = EVENT_LABELS[to];
  if (byBuyer === buying) return you;
  return to === 'cancelled' ? `The ${byBuyer ? 'buyer' : 'seller'} cancelled the order` : other;
}

/** A payment that has not arrived, for the buyer. */
export const PAYMENT_LABELS = {
  pending: 'Payment in progress.',
  unresolved: 'We are checking this payment with the payment provider. It is not charged twice.',
  failed: 'Payment failed. You can try again.',
};

/** What cancelling means for the money, before it is done. */
export const cancelConsequence = ({ status }: Pick<OrderView, 'status'>, buying: boolean): string => {
  if (status === 'placed') return buying ? 'Nothing was paid, so nothing is charged.' : 'The buyer has not paid.';
  return buying ? 'Your payment is refunded in full.' : 'The buyer’s payment is refunded in full.';
};

const DONE_LABELS: Record<Exclude<OrderMove, 'pay' | 'cancel'>, string> = {
  ship: 'Marked as shipped. The buyer confirms when it arrives.',
  complete: 'Order complete. Thank you.',
};

/** What a move of an order led to. The API answers with the order also where the payment was declined or is still pending. */
export function doneLabel(move: OrderMove, { status, payment }: Pick<OrderView, 'status' | 'payment'>): string {
  if (move === 'cancel')
    return payment === null || payment === 'failed' ? 'Order cancelled. Nothing was charged.' : 'Order cancelled. The payment is refunded.';
  if (move !== 'pay') return DONE_LABELS[move];
  if (status === 'paid') return 'Payment received. The seller ships your order next.';
  return PAYMENT_LABELS[payment === 'failed' || payment === 'unresolved' ? payment : 'pending'];
}
