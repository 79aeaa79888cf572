import { formatPriceE8, type OrderGroupView } from '@assay/contract';
import { requireUser, type UserActor } from '../kernel/actor.ts';
import type { Context, Reads, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { lockOrders } from '../orders/lock-order.ts';
import { toOrderViews } from '../orders/orders.ts';
import { payableTogether, payableView, waitingTogether } from '../orders/payable.ts';
import { mayBeCaptured } from '../orders/rules.ts';
import { requireReserved } from '../orders/stock.ts';
import { totalE8Of } from '../orders/totals.ts';
import { beginCharge } from '../payments/begin-charge.ts';
import { PROVIDER_MS } from '../payments/provider-call.ts';
import { hasRatings } from '../ratings/ratings-on.ts';

/** One checkout of the actor. @throws AppError ORDER_NOT_FOUND (also another buyer's) */
export async function groupView(ctx: Reads, id: number, actor: UserActor, ratings: boolean): Promise<OrderGroupView> {
  const group = await ctx.repos.orders.findGroup(id);
  if (group?.buyerId !== actor.id) throw new AppError('ORDER_NOT_FOUND');
  const rows = await ctx.repos.orders.listOfGroup(id);
  const total = rows.reduce((sum, row) => sum + totalE8Of(row), 0n);
  return {
    id,
    orders: await toOrderViews(ctx, rows, actor, ratings),
    currency: group.currency,
    total: formatPriceE8(total, group.currency),
    payable: payableView(payableTogether(rows)),
    waiting: waitingTogether(rows).flatMap((orders) => payableView(orders) ?? []),
    address: group.address,
    createdAt: group.createdAt.toISOString(),
  };
}

/** The orders of one checkout of mine. @throws AppError UNAUTHENTICATED, ORDER_NOT_FOUND (also another buyer's) */
export async function getOrderGroup(ctx: Context, { id }: { id: number }): Promise<OrderGroupView> {
  const actor = requireUser(ctx.actor);
  return groupView(ctx, id, actor, await hasRatings(ctx));
}

/**
 * Pays those orders of a checkout that can be paid, by one charge. Where all of them are being paid already, nothing is begun: a second
 * click gets the same answer.
 * @throws AppError UNAUTHENTICATED, ORDER_NOT_FOUND (also another buyer's), ILLEGAL_MOVE (nothing is left to pay), LISTING_SOLD, OUT_OF_STOCK,
 *   VALIDATION_FAILED (they cost more together than one payment can be)
 */
export async function payOrderGroup(ctx: Context, { id }: { id: number }): Promise<OrderGroupView> {
  const actor = requireUser(ctx.actor);
  const ratings = await hasRatings(ctx);
  const provider = ctx.services.payments.name;
  const task = await ctx.change((tx) => beginGroup(tx, id, actor.id, provider));
  if (task !== null) await ctx.perform(task, PROVIDER_MS);
  return groupView(ctx, id, actor, ratings);
}

/** @returns the key of the task that captures the charge; null where all of it is being paid */
async function beginGroup(tx: Tx, id: number, buyerId: number, provider: string): Promise<string | null> {
  const { orders } = tx.repos;
  if ((await orders.findGroup(id))?.buyerId !== buyerId) throw new AppError('ORDER_NOT_FOUND');
  await lockOrders(
    tx,
    (await orders.listOfGroup(id)).map((order) => order.id),
  );
  const rows = await orders.listOfGroup(id);
  const payable = payableTogether(rows);
  if (payable.length === 0) {
    if (rows.some(mayBeCaptured)) return null;
    throw new AppError('ILLEGAL_MOVE', { message: 'Nothing of this checkout is left to pay.' });
  }
  for (const order of payable) await requireReserved(tx, order);
  return beginCharge(tx, payable, provider);
}
