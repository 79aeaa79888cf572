import type { OrderReason } from '@assay/contract';
import type { StateMachine } from '../kernel/transition.ts';
import { postRelease } from '../ledger/order-money.ts';
import type { OrderRow, Shipment } from './ports.ts';
import { dueAtOf, releaseAtOf } from './rules.ts';
import { returnStock, sell } from './stock.ts';

/** What the history says of a transition. */
export interface OrderMoved {
  /** The party that it names: the buyer too when a task settles their payment. `SYSTEM_ID` where it happened by itself. */
  actorId: number;
  reason?: OrderReason;
  shipment?: Shipment;
}

/** How an order changes its state: the deadline of the new one comes with it. */
export const ORDER: StateMachine<OrderRow, OrderMoved> = {
  update(tx, order, to, { actorId, reason = null, shipment }) {
    const times = tx.settings.orderTimes;
    const [dueAt, releaseAt] = [dueAtOf(to, times, tx.at), releaseAtOf(to, order, times, tx.at)];
    return tx.repos.orders.transition(order.id, order.status, to, { actorId, reason, shipment, dueAt, releaseAt }, tx.at);
  },
  async record(tx, order, to, { reason }) {
    const { id, sellerId, buyerId, status } = order;
    if (to === 'completed') await postRelease(tx, order);
    await tx.audit(`order.${to}`, 'order', id, { from: status, ...(reason ? { reason } : {}) });
    // An order that an older release saw paid has not sold its units.
    if (to === 'paid' || to === 'shipped') await sell(tx, order);
    if (to === 'cancelled' || to === 'declined') await returnStock(tx, order);
    await tx.publish('order.moved', { orderId: id, sellerId, buyerId, from: status, to });
  },
};
