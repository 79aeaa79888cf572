import type { OrderMove, OrderStatus, OrderView } from '@assay/contract';

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

/** A state as something that happened. */
export const EVENT_LABELS: Record<OrderStatus, string> = {
  placed: 'Order placed',
  paid: 'Paid',
  shipped: 'Shipped',
  completed: 'Received',
  cancelled: 'Cancelled',
};

/** A payment that has not arrived, for the buyer. */
export const PAYMENT_LABELS = { pending: 'Payment in progress.', failed: 'Payment failed. You can try again.' };

const DONE_LABELS: Record<Exclude<OrderMove, 'pay'>, string> = {
  ship: 'Marked as shipped. The buyer confirms when it arrives.',
  complete: 'Order complete. Thank you.',
  cancel: 'Order cancelled. If it was paid, the payment is refunded.',
};

/** What a move of an order led to. The API answers with the order also where the payment was declined or is still pending. */
export function doneLabel(move: OrderMove, { status, payment }: Pick<OrderView, 'status' | 'payment'>): string {
  if (move !== 'pay') return DONE_LABELS[move];
  if (status === 'paid') return 'Payment received. The seller ships your order next.';
  return PAYMENT_LABELS[payment === 'failed' ? 'failed' : 'pending'];
}
