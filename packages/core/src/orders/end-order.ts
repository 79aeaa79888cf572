import { beginRefund } from '../payments/begin-refund.ts';
import type { Tx } from '../kernel/context.ts';
import { transition } from '../kernel/transition.ts';
import { ORDER, type OrderMoved } from './order-machine.ts';
import type { OrderRow } from './ports.ts';

/**
 * Ends an order without a sale: its units go back to stock, and what was paid is refunded. The change has locked the order.
 * @returns the key of the task that refunds; null where nothing was paid
 */
export async function endUnsold(tx: Tx, order: OrderRow, to: 'cancelled' | 'declined', moved: OrderMoved): Promise<string | null> {
  await transition(tx, ORDER, order, to, moved);
  return order.status === 'paid' ? beginRefund(tx, order.id) : null;
}
