import type { OrderDetail } from '@assay/contract';
import type { Context, Reads } from '../kernel/context.ts';
import { postRelease, releasedAt } from '../ledger/order-money.ts';
import { availableAt } from '../payouts/seller-money.ts';
import { lockOrder } from './lock-order.ts';
import type { OrderRow } from './ports.ts';
import { expectedRelease, type Party } from './rules.ts';

/** When an order is looked at again that cannot be ended or released yet, or whose end has failed. */
export const AGAIN_MS = 3_600_000;

/**
 * Releases the payment of an order whose time since the shipment is over, once. A refund or a return under way is waited for; what a dispute holds is
 * not released by time.
 * @returns false where it is not due any more, or waits
 */
export const releaseOrder = (ctx: Context, id: number): Promise<boolean> =>
  ctx.change(async (tx) => {
    await lockOrder(tx, id);
    const order = await tx.repos.orders.findById(id);
    if (!order?.releaseAt || order.releaseAt > tx.at) return false;
    const isOnItsWay = order.status === 'shipped' || order.status === 'delivered';
    const payment = await tx.repos.payments.find(id);
    const isRefunding = payment !== null && payment.refundPendingE8 > 0n;
    if (isOnItsWay && (isRefunding || (await tx.repos.returns.openOf(id)))) {
      await tx.repos.orders.setRelease(id, new Date(tx.at.getTime() + AGAIN_MS));
      return false;
    }
    await tx.repos.orders.setRelease(id, null);
    if (!isOnItsWay || payment?.status !== 'captured') return false;
    await postRelease(tx, order);
    await tx.audit('order.released', 'order', id);
    await tx.publish('order.released', { orderId: id, sellerId: order.sellerId, buyerId: order.buyerId });
    return true;
  });

/** When the seller of an order gets its money; null for the buyer, and where nothing is paid. A return holds what was released before. */
export async function releaseOf(reads: Reads, order: OrderRow, reader: Party | 'platform'): Promise<OrderDetail['release']> {
  if (reader === 'buyer' || order.payment !== 'captured') return null;
  const isHeld = (await reads.repos.returns.openOf(order.id)) !== null;
  const at = isHeld ? null : await releasedAt(reads, order.id);
  const dueAt = at || isHeld ? null : expectedRelease(order, reads.settings.orderTimes);
  return {
    dueAt: dueAt?.toISOString() ?? null,
    at: at?.toISOString() ?? null,
    availableAt: at && availableAt(reads, at).toISOString(),
  };
}
