import type { StateMachine } from '../kernel/transition.ts';
import { postRelease } from '../ledger/order-money.ts';
import type { OrderRow } from './ports.ts';
import { returnStock, sell } from './stock.ts';

/** How an order changes its state. `actorId` is the party that the history names: the buyer too when a task settles their payment. */
export const ORDER: StateMachine<OrderRow, { actorId: number }> = {
  update: (tx, { id, status }, to, { actorId }) => tx.repos.orders.transition(id, status, to, actorId, tx.at),
  async record(tx, order, to) {
    const { id, sellerId, buyerId, status } = order;
    if (to === 'completed') await postRelease(tx, order);
    await tx.audit(`order.${to}`, 'order', id, { from: status });
    // An order that an older release saw paid has not sold its units.
    if (to === 'paid' || to === 'shipped') await sell(tx, order);
    if (to === 'cancelled') await returnStock(tx, order);
    await tx.publish('order.moved', { orderId: id, sellerId, buyerId, from: status, to });
  },
};
