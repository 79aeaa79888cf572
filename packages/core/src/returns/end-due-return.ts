import type { Context } from '../kernel/context.ts';
import { lockOrder } from '../orders/lock-order.ts';
import { AGAIN_MS } from '../orders/release-order.ts';
import { SYSTEM_ID } from '../orders/rules.ts';
import { closeReturn } from './close-return.ts';
import { RETURN_DEADLINES } from './rules.ts';

/** The time for the next step of an order's return is over: it ends as its rules say. False where it is not due any more, or waits for the buyer's bank. */
export const endDueReturn = (ctx: Context, orderId: number): Promise<boolean> =>
  ctx.change(async (tx) => {
    await lockOrder(tx, orderId);
    const [order, row] = [await tx.repos.orders.findById(orderId), await tx.repos.returns.openOf(orderId)];
    const deadline = row && RETURN_DEADLINES[row.status];
    if (!order || !deadline || !row.dueAt || row.dueAt > tx.at) return false;
    if ((await tx.repos.payments.find(orderId))?.isDisputedAtBank) {
      await tx.repos.returns.setDue(row.id, new Date(tx.at.getTime() + AGAIN_MS));
      return false;
    }
    const to = deadline.to as 'refunded' | 'closed' | 'escalated';
    await closeReturn(tx, order, row, to, { action: 'expire', actorId: SYSTEM_ID });
    return true;
  });
