import type { OrderMove, OrderMoveDetail, OrderView } from '@assay/contract';
import { requireUser, type UserActor } from '../kernel/actor.ts';
import type { Context, Reads, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { transition } from '../kernel/transition.ts';
import { beginCharge } from '../payments/begin-charge.ts';
import { hasRatings } from '../ratings/ratings-on.ts';
import { lockAsParty } from './lock-order.ts';
import { endUnsold } from './end-order.ts';
import { ORDER } from './order-machine.ts';
import { viewOfOrder } from './orders.ts';
import type { OrderRow } from './ports.ts';
import { mayBeCaptured, MOVES, movesFor, type Party } from './rules.ts';
import { requireReserved } from './stock.ts';
import { PROVIDER_MS } from '../payments/provider-call.ts';

export type MoveInput = OrderMoveDetail & { id: number; move: OrderMove };

/**
 * Takes an order one step further: only from the right state and for the right party. Of two requests at once, one succeeds. Money moves
 * in a task, after the commit: an order is paid once its provider has captured the amount.
 * @throws AppError UNAUTHENTICATED, ORDER_NOT_FOUND (also another party's), FORBIDDEN (the other party's step), ILLEGAL_MOVE,
 *   LISTING_SOLD, OUT_OF_STOCK (other buyers have reserved what an order of an older release is about), VALIDATION_FAILED (a reason of the
 *   other side)
 */
export async function transitionOrder(ctx: Context, input: MoveInput): Promise<OrderView> {
  const actor = requireUser(ctx.actor);
  const ratings = await hasRatings(ctx);
  const provider = ctx.services.payments.name;
  let task: string | null = null;
  const view = async (reads: Reads) => {
    const after = await reads.repos.orders.findById(input.id);
    if (!after) throw new Error(`The order ${input.id} that was just changed is missing.`);
    return viewOfOrder(reads, after, actor, ratings);
  };
  const committed = await ctx.change(async (tx) => {
    const order = await requireStep(tx, actor, input);
    task = input.move === 'pay' ? await beginCharge(tx, [order], provider) : await step(tx, order, input, actor.id);
    return view(tx);
  });
  if (task === null) return committed;
  await ctx.perform(task, PROVIDER_MS);
  return view(ctx);
}

/** Any step but paying. Returns the key of the task that moves money, if one does. */
async function step(tx: Tx, order: OrderRow, input: MoveInput, actorId: number): Promise<string | null> {
  const { move, reason, carrier = null, trackingNumber = null } = input;
  const { to } = MOVES[move];
  if (to === 'cancelled' || to === 'declined') return endUnsold(tx, order, to, { actorId, reason });
  await transition(tx, ORDER, order, to, { actorId, ...(move === 'ship' ? { shipment: { carrier, trackingNumber } } : {}) });
  return null;
}

/** @throws AppError VALIDATION_FAILED */
function requireReason(party: Party, { move, reason }: MoveInput): void {
  if (reason !== undefined && !MOVES[move].reasons?.[party]?.includes(reason))
    throw new AppError('VALIDATION_FAILED', { fields: [{ field: 'reason', message: 'Choose one of the reasons in the list.' }] });
}

/** The order, locked until the change ends. @throws AppError ORDER_NOT_FOUND, FORBIDDEN, ILLEGAL_MOVE, and what {@link requireReason} and {@link requireFirst} throw */
async function requireStep(tx: Tx, actor: UserActor, input: MoveInput): Promise<OrderRow> {
  const { id, move } = input;
  const { order, party } = await lockAsParty(tx, id, actor.id);
  const { by } = MOVES[move];
  if (!by.includes(party)) throw new AppError('FORBIDDEN', { message: `Only the ${by[0]} can ${move} an order.` });
  requireReason(party, input);
  const mayMove = movesFor(party, order).includes(move);
  if (mayMove && move === 'pay') await requireReserved(tx, order);
  if (mayMove) return order;
  const state = mayBeCaptured(order) ? 'being paid' : order.status;
  throw new AppError('ILLEGAL_MOVE', { message: `An order that is ${state} cannot be changed this way.` });
}
