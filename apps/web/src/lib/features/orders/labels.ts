import type { OrderMove, OrderStatus } from '@assay/contract';

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
