import { beginRefund, refundableE8, requireNotAtBank } from '../payments/begin-refund.ts';
import type { Tx } from '../kernel/context.ts';
import { transition } from '../kernel/transition.ts';
import { ORDER, type OrderMoved } from './order-machine.ts';
import type { OrderRow } from './ports.ts';

/**
 * Ends an order without a sale: its units go back to stock, and what was paid is refunded. The change has locked the order.
 * @returns the key of the task that refunds; null where nothing was paid, or the buyer's bank has taken it back
 * @throws AppError ILLEGAL_MOVE while the buyer's bank decides
 */
export async function endUnsold(tx: Tx, order: OrderRow, to: 'cancelled' | 'declined', moved: OrderMoved): Promise<string | null> {
  await transition(tx, ORDER, order, to, moved);
  if (order.status !== 'paid') return null;
  const payment = await tx.repos.payments.find(order.id);
  requireNotAtBank(payment);
  const isChargedBack = payment !== null && payment.chargedBackE8 > 0n && refundableE8(payment) === 0n;
  return isChargedBack ? null : beginRefund(tx, order.id);
}
