import type { OrderReturns, RequestReturnInput } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { postReturnHeld } from '../ledger/order-money.ts';
import { lockAsParty } from '../orders/lock-order.ts';
import type { OrderRow } from '../orders/ports.ts';
import { refundableE8, requireNotAtBank } from '../payments/begin-refund.ts';
import { returnsOf } from './get-returns.ts';
import { emailOfReturn, publishReturn } from './publish-return.ts';
import { isReturnable, returnDueAt, unitsToReturn } from './rules.ts';

const refuse = (message: string) => new AppError('VALIDATION_FAILED', { fields: [{ field: 'items', message }] });

/** @throws AppError VALIDATION_FAILED (not in the order, twice, or more than can be returned) */
async function requireUnits(tx: Tx, orderId: number, asked: RequestReturnInput['items']): Promise<{ itemId: number; quantity: number }[]> {
  if (new Set(asked.map(({ listingId }) => listingId)).size < asked.length) throw refuse('Name each item once.');
  const items = (await tx.repos.orders.items([orderId])).get(orderId) ?? [];
  const left = unitsToReturn(items, await tx.repos.returns.listOf(orderId), await tx.repos.returns.itemsOf(orderId));
  return asked.map(({ listingId, quantity }) => {
    const item = items.find((each) => each.listingId === listingId);
    if (!item) throw refuse('This order has no such item.');
    const units = left.get(item.id) ?? 0;
    if (quantity > units) throw refuse(units === 0 ? 'This item was returned already.' : `Only ${units} of this item can be returned.`);
    return { itemId: item.id, quantity };
  });
}

/** @throws AppError ILLEGAL_MOVE (too early, too late, refunded, or there is a return or a dispute, also at the buyer's bank) */
async function requireReturnable(tx: Tx, order: OrderRow): Promise<void> {
  const refused = (message: string) => new AppError('ILLEGAL_MOVE', { message });
  const payment = await tx.repos.payments.find(order.id);
  requireNotAtBank(payment);
  if (await tx.repos.disputes.ofOrder(order.id)) throw refused('There is, or was, a dispute about this order.');
  if (await tx.repos.returns.openOf(order.id)) throw refused('There is a return of this order already.');
  if (payment && isReturnable(order, tx.settings.orderTimes, tx.at)) {
    if (refundableE8(payment) === 0n) throw refused('There is nothing left to refund.');
    return;
  }
  const isEarly = order.status === 'placed' || order.status === 'paying' || order.status === 'paid' || order.status === 'shipped';
  throw refused(isEarly ? 'This order has not arrived yet.' : 'This order can no longer be returned.');
}

/**
 * A buyer asks to return items of a delivered order. Its payment is held until the return is over.
 * @throws AppError UNAUTHENTICATED, ORDER_NOT_FOUND (also another party's), FORBIDDEN (the seller), ILLEGAL_MOVE, VALIDATION_FAILED
 */
export async function requestReturn(ctx: Context, { id, reason, text, items }: RequestReturnInput & { id: number }): Promise<OrderReturns> {
  const actor = requireUser(ctx.actor);
  return ctx.change(async (tx) => {
    const { order, party } = await lockAsParty(tx, id, actor.id);
    if (party !== 'buyer') throw new AppError('FORBIDDEN', { message: 'Only the buyer can ask for a return.' });
    await requireReturnable(tx, order);
    const units = await requireUnits(tx, id, items);
    const dueAt = returnDueAt('requested', tx.settings.orderTimes, tx.at);
    const event = { action: 'request' as const, actorId: actor.id, text };
    const returnId = await tx.repos.returns.create({ orderId: id, reason, dueAt }, units, event, tx.at);
    await postReturnHeld(tx, order, returnId);
    const step = { returnId, action: event.action, actorId: actor.id, status: 'requested' as const, dueAt, amount: null };
    await publishReturn(tx, order, step);
    await emailOfReturn(tx, order, step);
    return returnsOf(tx, id, actor.id);
  });
}
