import type { OrderMove, OrderStatus } from '@assay/contract';

export const STATUS_LABELS: Record<OrderStatus, string> = {
  placed: 'Placed, not paid',
  paid: 'Paid',
  shipped: 'On its way',
  completed: 'Completed',
  cancelled: 'Cancelled',
};

export const MOVE_LABELS: Record<OrderMove, string> = {
  pay: 'Pay now',
  ship: 'Mark as shipped',
  complete: 'It has arrived',
  cancel: 'Cancel order',
};

/** A state as something that happened. */
export const EVENT_LABELS: Record<OrderStatus, string> = {
  placed: 'Placed',
  paid: 'Paid',
  shipped: 'Shipped',
  completed: 'Arrived',
  cancelled: 'Cancelled',
};
