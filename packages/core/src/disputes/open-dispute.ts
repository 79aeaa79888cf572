import type { DisputeView, OpenDisputeInput } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { lockAsParty } from '../orders/lock-order.ts';
import type { OrderRow } from '../orders/ports.ts';
import { isDisputable } from '../orders/rules.ts';
import { refundableE8, requireNotAtBank } from '../payments/begin-refund.ts';
import { endReturnForDispute } from '../returns/close-return.ts';
import { beginDispute } from './begin-dispute.ts';
import { viewOfDispute } from './get-dispute.ts';

/** Why a buyer cannot open a dispute about an order now. */
function refusalOf({ status }: OrderRow): AppError {
  const why: Partial<Record<OrderRow['status'], string>> = {
    placed: 'This order is not paid.',
    paying: 'This order is not paid yet.',
    paid: 'The seller still has time to ship this order. You can cancel it until then.',
    completed: 'The time to open a dispute about this order is over.',
    disputed: 'There is a dispute about this order already.',
    resolved: 'The dispute about this order is closed.',
  };
  return new AppError('ILLEGAL_MOVE', { message: why[status] ?? 'This order was refunded.' });
}

/**
 * A buyer opens a dispute about an order. Its payment is held until the dispute is closed; what was released to the seller already is
 * held again, as far as it was not paid out. An open return of the order ends with it.
 * @throws AppError UNAUTHENTICATED, ORDER_NOT_FOUND (also another party's), FORBIDDEN (the seller), ILLEGAL_MOVE (too early, too late,
 *   refunded, or there is one)
 */
export async function openDispute(ctx: Context, { id, reason, text }: OpenDisputeInput & { id: number }): Promise<DisputeView> {
  const actor = requireUser(ctx.actor);
  return ctx.change(async (tx) => {
    const { order, party } = await lockAsParty(tx, id, actor.id);
    if (party !== 'buyer') throw new AppError('FORBIDDEN', { message: 'Only the buyer can open a dispute.' });
    if (!isDisputable(order, tx.settings.orderTimes, tx.at)) throw refusalOf(order);
    const payment = await tx.repos.payments.find(id);
    requireNotAtBank(payment);
    if (!payment || refundableE8(payment) === 0n) throw new AppError('ILLEGAL_MOVE', { message: 'This order was refunded.' });
    await endReturnForDispute(tx, order);
    await beginDispute(tx, order, { reason, text });
    return viewOfDispute(tx, id, actor);
  });
}
