import { transition } from '../kernel/transition.ts';
import type { Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { ORDER } from '../orders/order-machine.ts';
import type { OrderRow } from '../orders/ports.ts';
import { MOVES } from '../orders/rules.ts';
import { AMOUNT_MAX_E8, totalE8Of } from '../orders/totals.ts';
import { captureTaskKey } from './charges.ts';

/**
 * Begins one charge for orders of one buyer in one currency, and adds the task that captures it after the commit. The change has locked the
 * orders, and made sure that their buyer may pay them.
 * @returns the key of its task
 * @throws AppError ILLEGAL_MOVE (one of them is being paid, or is paid), VALIDATION_FAILED (they cost more together than an amount can be)
 */
export async function beginCharge(tx: Tx, orders: readonly OrderRow[], provider: string): Promise<string> {
  const [first] = orders;
  if (!first) throw new RangeError('A charge pays an order at least.');
  const { groupId, buyerId, currency } = first;
  const totalE8 = orders.reduce((sum, order) => sum + totalE8Of(order), 0n);
  if (totalE8 > AMOUNT_MAX_E8)
    throw new AppError('VALIDATION_FAILED', { message: 'These orders cost more together than one payment can be. Pay them one by one.' });
  const chargeId = await tx.repos.charges.create({ groupId, buyerId, provider, amountE8: totalE8, currency }, tx.at);
  for (const order of orders) {
    const { id: orderId } = order;
    const amountE8 = totalE8Of(order);
    const attempt = await tx.repos.payments.begin({ orderId, chargeId, provider, amountE8, currency }, tx.at);
    if (attempt === null) throw new AppError('ILLEGAL_MOVE');
    await transition(tx, ORDER, order, MOVES.pay.to, { actorId: buyerId });
    await tx.audit('payment.begun', 'order', orderId, { provider, amountE8: String(amountE8), currency, attempt, chargeId });
  }
  const key = captureTaskKey(chargeId);
  await tx.enqueue('charge.capture', { chargeId }, { key });
  return key;
}
