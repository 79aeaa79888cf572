import type { DeliveryAddress, OrderReturns, ReturnMove, ReturnMoveDetail } from '@assay/contract';
import { requireAddress } from '../addresses/addresses.ts';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { Raced } from '../kernel/raced.ts';
import { lockOrder } from '../orders/lock-order.ts';
import { partyOf } from '../orders/rules.ts';
import { requireNotAtBank } from '../payments/begin-refund.ts';
import { PROVIDER_MS } from '../payments/provider-call.ts';
import { closeReturn } from './close-return.ts';
import { returnsOf } from './get-returns.ts';
import type { ReturnChange } from './ports.ts';
import { emailOfReturn, publishReturn } from './publish-return.ts';
import { RETURN_RULES, returnDueAt, returnMovesFor } from './rules.ts';

export type ReturnMoveInput = ReturnMoveDetail & { id: number; move: ReturnMove };

const refuse = (field: string, message: string) => new AppError('VALIDATION_FAILED', { fields: [{ field, message }] });

/** Where the seller wants it sent. @throws AppError VALIDATION_FAILED, ADDRESS_NOT_FOUND */
async function addressOf(tx: Tx, { addressId, address }: ReturnMoveInput, userId: number): Promise<DeliveryAddress> {
  if (address) return address;
  if (addressId === undefined) throw refuse('addressId', 'Choose the address that it is sent to.');
  const { recipientName, line1, line2, postalCode, city, region, country, phone } = await requireAddress(tx, addressId, userId);
  return { recipientName, line1, line2, postalCode, city, region, country, phone };
}

/**
 * A side takes a return one step further. What a seller received is refunded; what a seller declined becomes a dispute where the buyer wants
 * it.
 * @throws AppError UNAUTHENTICATED, RETURN_NOT_FOUND (also another party's), FORBIDDEN (the other side's step), RETURN_CHANGED,
 *   VALIDATION_FAILED, ADDRESS_NOT_FOUND, ILLEGAL_MOVE (the buyer's bank decides)
 */
export async function moveReturn(ctx: Context, input: ReturnMoveInput): Promise<OrderReturns> {
  const actor = requireUser(ctx.actor);
  const { id, move, text = null, carrier = null, trackingNumber = null, restock = false } = input;
  const seen = await ctx.repos.returns.find(id);
  if (!seen) throw new AppError('RETURN_NOT_FOUND');
  const { orderId } = seen;
  const task = await ctx.change(async (tx) => {
    await lockOrder(tx, orderId);
    const [order, row] = [await tx.repos.orders.findById(orderId), await tx.repos.returns.find(id)];
    const party = order && partyOf(order, actor.id);
    if (!order || !row || !party) throw new AppError('RETURN_NOT_FOUND');
    requireNotAtBank(await tx.repos.payments.find(orderId));
    const { by, to, needs } = RETURN_RULES[move];
    if (by !== party) throw new AppError('FORBIDDEN', { message: `Only the ${by} can do this.` });
    if (!returnMovesFor(party, row).includes(move)) throw new AppError('RETURN_CHANGED');
    if (needs === 'text' && !text) throw refuse('text', 'Say why.');
    if (to === 'refunded' || to === 'closed' || to === 'escalated')
      return closeReturn(tx, order, row, to, { action: move, actorId: actor.id, text, restock: move === 'receive' && restock });
    const change: ReturnChange = needs === 'address' ? { address: await addressOf(tx, input, actor.id) } : {};
    if (move === 'send') Object.assign(change, { carrier, trackingNumber });
    const dueAt = returnDueAt(to, tx.settings.orderTimes, tx.at);
    if (!(await tx.repos.returns.transition(row, to, { ...change, dueAt }, { action: move, actorId: actor.id, text }, tx.at)))
      throw new Raced();
    const step = { returnId: id, action: move, actorId: actor.id, status: to, dueAt, amount: null };
    await publishReturn(tx, order, step);
    await emailOfReturn(tx, order, step);
    return null;
  });
  if (task) await ctx.perform(task, PROVIDER_MS);
  return returnsOf(ctx, orderId, actor.id);
}
