import {
  CANCEL_ITEM_REASONS_OF_SELLER,
  CANCEL_REASONS_OF_BUYER,
  type CancelItemsInput,
  type OrderDetail,
  type OrderReason,
} from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { beginRefund, refundableE8 } from '../payments/begin-refund.ts';
import { requireFewRefunds } from '../payments/refund-order.ts';
import { endUnsold } from './end-order.ts';
import { lockAsParty } from './lock-order.ts';
import { getOrder } from './orders.ts';
import type { OrderItemRow, OrderRow } from './ports.ts';
import { movesFor, type Party } from './rules.ts';
import { restockUnits, sell } from './stock.ts';
import { PROVIDER_MS } from '../payments/provider-call.ts';

const REASONS: Record<Party, readonly OrderReason[]> = { buyer: CANCEL_REASONS_OF_BUYER, seller: CANCEL_ITEM_REASONS_OF_SELLER };

const refuse = (field: string, message: string) => new AppError('VALIDATION_FAILED', { fields: [{ field, message }] });

/** Units of one item that are to be cancelled. */
interface Cancelling {
  item: OrderItemRow;
  quantity: number;
}

/** @throws AppError VALIDATION_FAILED (not in the order, twice, or more than are left), EDIT_CONFLICT (other units are left than were seen) */
function requireLeft(items: readonly OrderItemRow[], asked: CancelItemsInput['items']): Cancelling[] {
  if (new Set(asked.map(({ listingId }) => listingId)).size < asked.length) throw refuse('items', 'Name each item once.');
  return asked.map(({ listingId, quantity, of }) => {
    const item = items.find((each) => each.listingId === listingId);
    if (!item) throw refuse('items', 'This order has no such item.');
    const left = item.quantity - item.cancelled;
    if (of !== undefined && of !== left)
      throw new AppError('EDIT_CONFLICT', { message: 'Items of this order were cancelled since you opened it. Look at it again.' });
    if (quantity > left)
      throw refuse('items', left === 0 ? 'This item is cancelled already.' : `Only ${left} of this item can be cancelled.`);
    return { item, quantity };
  });
}

/**
 * Cancels items of a paid order, or some of their units, before it is shipped. Their price is refunded, and they are in stock again; what
 * shipping costs is refunded with the last of them, which cancels the order.
 * @throws AppError UNAUTHENTICATED, ORDER_NOT_FOUND (also another party's), ILLEGAL_MOVE (not paid, shipped, or refunded in large part),
 *   VALIDATION_FAILED, EDIT_CONFLICT (other units are left than the caller has seen)
 */
export async function cancelItems(ctx: Context, { id, reason, items }: CancelItemsInput & { id: number }): Promise<OrderDetail> {
  const actor = requireUser(ctx.actor);
  const task = await ctx.change(async (tx) => {
    const { order, party } = await lockAsParty(tx, id, actor.id);
    if (order.status !== 'paid' || !movesFor(party, order).includes('cancel'))
      throw new AppError('ILLEGAL_MOVE', { message: 'Items can be cancelled while an order is paid and not shipped.' });
    if (!REASONS[party].includes(reason)) throw refuse('reason', 'Choose one of the reasons in the list.');
    await sell(tx, order); // an older release has not, and has given an order no items
    const stored = (await tx.repos.orders.items([id])).get(id) ?? [];
    const cancelling = requireLeft(stored, items);
    const moved = { actorId: actor.id, reason };
    const key = await refundItems(tx, order, { stored, cancelling, moved });
    const detail = cancelling.map(({ item, quantity }) => `${quantity} of listing ${item.listingId}`).join(', ');
    await tx.audit('order.items-cancelled', 'order', id, { items: detail, reason });
    return key;
  });
  await ctx.perform(task, PROVIDER_MS);
  return getOrder(ctx, id);
}

/** Notes what is cancelled, and refunds it. @returns the key of the task that refunds */
async function refundItems(
  tx: Tx,
  order: OrderRow,
  {
    stored,
    cancelling,
    moved,
  }: { stored: readonly OrderItemRow[]; cancelling: readonly Cancelling[]; moved: { actorId: number; reason: OrderReason } },
): Promise<string> {
  const note = () =>
    tx.repos.orders.cancelItems(
      order.id,
      cancelling.map(({ item, quantity }) => ({ itemId: item.id, quantity, at: tx.at, ...moved })),
    );
  const sum = (quantities: readonly number[]) => quantities.reduce((total, quantity) => total + quantity, 0);
  if (sum(stored.map(({ quantity, cancelled }) => quantity - cancelled)) === sum(cancelling.map(({ quantity }) => quantity))) {
    const key = await endUnsold(tx, order, 'cancelled', moved); // returns the units to stock, too
    await note();
    return key!;
  }
  const payment = await tx.repos.payments.find(order.id);
  const amountE8 = cancelling.reduce((total, { item, quantity }) => total + item.unitPriceE8 * BigInt(quantity), 0n);
  if (!payment || amountE8 >= refundableE8(payment))
    throw new AppError('ILLEGAL_MOVE', { message: 'So much of this order was refunded that it can only be cancelled as a whole.' });
  await requireFewRefunds(tx, order.id);
  await note();
  await restockUnits(
    tx,
    cancelling.map(({ item, quantity }) => ({ listingId: item.listingId, quantity })),
  );
  return beginRefund(tx, order.id, amountE8, 'cancelled');
}
