import type { OrderMove, OrderView } from '@assay/contract';
import { requireUser } from '../context/actor.ts';
import type { Context, Store } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { auditRecord } from '../context/records.ts';
import { hasRatings } from '../ratings/ratings-on.ts';
import { toOrderView } from './orders.ts';
import type { OrderRow } from './ports.ts';
import { MOVES } from './rules.ts';

/**
 * Takes an order one step further: only from the right state and for the right person. Two that try at once: one moves it.
 * @throws AppError UNAUTHENTICATED, ORDER_NOT_FOUND (also for somebody else's), FORBIDDEN (the other party's move), ILLEGAL_MOVE
 */
export async function moveOrder(ctx: Context, input: { id: number; move: OrderMove }): Promise<OrderView> {
  const actor = requireUser(ctx.actor);
  const ratings = await hasRatings(ctx);
  const rule = MOVES[input.move];
  return ctx.transaction(async (store) => {
    const order = await store.orders.findById(input.id);
    if (!order || (order.buyerId !== actor.id && order.sellerId !== actor.id)) throw new AppError('ORDER_NOT_FOUND');
    if (!rule.by.includes(order.buyerId === actor.id ? 'buyer' : 'seller')) {
      throw new AppError('FORBIDDEN', { message: `Only the ${rule.by[0]} can ${input.move} an order.` });
    }
    const moved = rule.from.includes(order.status) && (await store.orders.move(order.id, order.status, rule.to, actor.id, ctx.now()));
    if (!moved) throw new AppError('ILLEGAL_MOVE', { message: `An order that is ${order.status} cannot be changed this way.` });

    await moveMoney(ctx, store, order, input.move);
    await store.outbox.append(
      { topic: 'order.moved', subjectId: order.sellerId, payload: { orderId: order.id, status: rule.to } },
      ctx.now(),
    );
    const after = await store.orders.findById(order.id);
    if (!after) throw new Error(`The order ${order.id} vanished while it was moved.`);
    return toOrderView(after, actor, ratings);
  });
}

async function moveMoney(ctx: Context, store: Store, order: OrderRow, move: OrderMove): Promise<void> {
  const { payments } = ctx.services;
  const { id: orderId, priceE8: amountE8, currency } = order;
  if (move === 'pay') {
    const reference = await payments.charge({ orderId, amountE8, currency });
    await store.orders.recordPayment({ orderId, provider: payments.name, reference, amountE8, currency }, ctx.now());
    await store.audit.append(auditRecord(ctx, 'payment.captured', 'order', orderId, { reference, amountE8: String(amountE8), currency }));
  }
  if (move === 'cancel' && order.status === 'paid') {
    const payment = await store.orders.findPayment(orderId);
    if (!payment) throw new Error(`The paid order ${orderId} has no payment.`);
    await payments.refund(payment.reference);
    await store.orders.markRefunded(orderId, ctx.now());
    await store.audit.append(
      auditRecord(ctx, 'payment.refunded', 'order', orderId, { reference: payment.reference, amountE8: String(amountE8), currency }),
    );
  }
}
