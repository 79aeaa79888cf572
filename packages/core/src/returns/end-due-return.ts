import type { Context } from '../kernel/context.ts';
import { lockOrder } from '../orders/lock-order.ts';
import { SYSTEM_ID } from '../orders/rules.ts';
import { closeReturn } from './close-return.ts';
import { RETURN_DEADLINES } from './rules.ts';

/** The time for the next step of a return is over: it ends as its rules say. False where it does not, any more. */
export async function endDueReturn(ctx: Context, id: number): Promise<boolean> {
  const seen = await ctx.repos.returns.find(id);
  if (!seen) return false;
  return ctx.change(async (tx) => {
    await lockOrder(tx, seen.orderId);
    const [order, row] = [await tx.repos.orders.findById(seen.orderId), await tx.repos.returns.find(id)];
    const deadline = row && RETURN_DEADLINES[row.status];
    if (!order || !deadline || !row.dueAt || row.dueAt > tx.at) return false;
    const to = deadline.to as 'refunded' | 'closed' | 'escalated';
    await closeReturn(tx, order, row, to, { action: 'expire', actorId: SYSTEM_ID });
    return true;
  });
}
