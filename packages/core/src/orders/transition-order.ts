import type { OrderMove, OrderView } from '@assay/contract';
import { requireUser, type UserActor } from '../kernel/actor.ts';
import type { Context, Reads, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { transition } from '../kernel/transition.ts';
import { captureKey } from '../payments/capture-payment.ts';
import { beginRefund } from '../payments/refund-payment.ts';
import { hasRatings } from '../ratings/ratings-on.ts';
import { lockOrder } from './lock-order.ts';
import { ORDER } from './order-machine.ts';
import { viewOfOrder } from './orders.ts';
import type { OrderRow } from './ports.ts';
import { MOVES, movesFor, partyOf } from './rules.ts';
import { requireReserved } from './stock.ts';
import { totalE8Of } from './totals.ts';

/** The answer waits this long for the provider; a slower one settles the payment later, and pages follow live. */
const PROVIDER_MS = 5000;

/**
 * Takes an order one step further: only from the right state and for the right party. Of two requests at once, one succeeds. Money moves
 * in a task, after the commit: an order is paid once its provider has captured the amount.
 * @throws AppError UNAUTHENTICATED, ORDER_NOT_FOUND (also another party's), FORBIDDEN (the other party's step), ILLEGAL_MOVE,
 *   LISTING_SOLD, OUT_OF_STOCK (other buyers have reserved what an order of an older release is about)
 */
export async function transitionOrder(ctx: Context, input: { id: number; move: OrderMove }): Promise<OrderView> {
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
    task = input.move === 'pay' ? await beginPayment(tx, order, provider) : await step(tx, order, input.move, actor.id);
    return view(tx);
  });
  if (task === null) return committed;
  await ctx.perform(task, PROVIDER_MS);
  return view(ctx);
}

/** Any step but paying. Returns the key of the task that moves money, if one does. */
async function step(tx: Tx, order: OrderRow, move: Exclude<OrderMove, 'pay'>, actorId: number): Promise<string | null> {
  await transition(tx, ORDER, order, MOVES[move].to, { actorId });
  if (move !== 'cancel' || order.status !== 'paid') return null;
  return beginRefund(tx, order.id);
}

/** The order, locked until the change ends. @throws AppError ORDER_NOT_FOUND, FORBIDDEN, ILLEGAL_MOVE, and what {@link requireReserved} throws */
async function requireStep(tx: Tx, actor: UserActor, { id, move }: { id: number; move: OrderMove }): Promise<OrderRow> {
  await lockOrder(tx, id);
  const order = await tx.repos.orders.findById(id);
  const party = order && partyOf(order, actor.id);
  if (!order || !party) throw new AppError('ORDER_NOT_FOUND');
  const { by } = MOVES[move];
  if (!by.includes(party)) throw new AppError('FORBIDDEN', { message: `Only the ${by[0]} can ${move} an order.` });
  const mayMove = movesFor(party, order).includes(move);
  if (mayMove && move === 'pay') await requireReserved(tx, order);
  if (mayMove) return order;
  const state = order.payment === 'pending' ? 'being paid' : order.status;
  throw new AppError('ILLEGAL_MOVE', { message: `An order that is ${state} cannot be changed this way.` });
}

async function beginPayment(tx: Tx, order: OrderRow, provider: string): Promise<string> {
  const { id: orderId, currency } = order;
  const amountE8 = totalE8Of(order);
  const attempt = await tx.repos.payments.begin({ orderId, provider, amountE8, currency }, tx.at);
  if (attempt === null) throw new AppError('ILLEGAL_MOVE');
  const key = captureKey({ orderId, attempt });
  await tx.audit('payment.begun', 'order', orderId, { provider, amountE8: String(amountE8), currency, attempt });
  await tx.enqueue('payment.capture', { orderId, attempt }, { key });
  return key;
}
