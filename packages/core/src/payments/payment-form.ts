import { formatPriceE8, type OrderView, type PaymentFormView } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { viewOfOrder } from '../orders/orders.ts';
import { hasRatings } from '../ratings/ratings-on.ts';
import { callOfCharge, chargeOfOrder } from './charges.ts';
import { endWaiting, waits } from './look-up-charge.ts';
import type { ChargeRow, PaymentForm } from './ports.ts';
import { lookUpCall, unknownReason, type CallOutcome } from './provider-call.ts';
import { settleCharge } from './settle-charge.ts';

const unavailable = (error: unknown) =>
  new AppError('PROVIDER_UNAVAILABLE', { message: `The payment provider did not answer: ${unknownReason(error)}` });

/** @throws AppError UNAUTHENTICATED, ORDER_NOT_FOUND (also where the caller sells it), PAYMENT_NOT_FOUND (it waits for nothing) */
async function requireWaiting(ctx: Context, orderId: number): Promise<{ charge: ChargeRow; groupId: number | null }> {
  const actor = requireUser(ctx.actor);
  const order = await ctx.repos.orders.findById(orderId);
  if (order?.buyerId !== actor.id) throw new AppError('ORDER_NOT_FOUND');
  const charge = await chargeOfOrder(ctx, orderId);
  if (!waits(charge)) throw new AppError('PAYMENT_NOT_FOUND', { message: 'This order has no payment that waits.' });
  return { charge, groupId: order.groupId };
}

/** @throws AppError PAYMENT_NOT_FOUND (the provider that has the payment is not configured, or has no form) */
function requireForm({ services }: Context, { provider }: ChargeRow): PaymentForm {
  const { form, name } = services.payments;
  if (!form || name !== provider) throw new AppError('PAYMENT_NOT_FOUND', { message: 'This payment has no form.' });
  return form;
}

/**
 * What its buyer's browser needs to make the payment of an order, and of those that are paid with it.
 * @throws AppError UNAUTHENTICATED, ORDER_NOT_FOUND (also where the caller sells it), PAYMENT_NOT_FOUND, PROVIDER_UNAVAILABLE
 */
export async function getPaymentForm(ctx: Context, { id }: { id: number }): Promise<PaymentFormView> {
  const { charge, groupId } = await requireWaiting(ctx, id);
  const form = requireForm(ctx, charge);
  const { provider, currency, amountE8, reference } = charge;
  const orderIds = charge.shares.map(({ orderId }) => orderId);
  const state = await form.open(reference).catch((error: unknown) => {
    throw unavailable(error);
  });
  const { publishableKey } = form;
  return { orderId: id, orderIds, groupId, provider, amount: formatPriceE8(amountE8, currency), currency, publishableKey, ...state };
}

/**
 * Asks the provider now how far the payment of an order is, for its buyer.
 * @throws AppError UNAUTHENTICATED, ORDER_NOT_FOUND (also where the caller sells it), PAYMENT_NOT_FOUND, PROVIDER_UNAVAILABLE
 */
export async function checkPayment(ctx: Context, { id }: { id: number }): Promise<OrderView> {
  const { charge } = await requireWaiting(ctx, id);
  return settled(ctx, id, charge, await lookUpCall(ctx, callOfCharge(charge)));
}

/**
 * Ends a payment that its buyer has not made, so that its orders can be paid again or cancelled.
 * @throws AppError UNAUTHENTICATED, ORDER_NOT_FOUND (also where the caller sells it), PAYMENT_NOT_FOUND, PROVIDER_UNAVAILABLE,
 *   ILLEGAL_MOVE (a bank works on it)
 */
export async function cancelPayment(ctx: Context, { id }: { id: number }): Promise<OrderView> {
  const { charge } = await requireWaiting(ctx, id);
  const outcome = await endWaiting(ctx, charge);
  if (outcome.status === 'waiting')
    throw new AppError('ILLEGAL_MOVE', { message: 'Your bank is working on this payment, so it cannot be cancelled now.' });
  return settled(ctx, id, charge, outcome);
}

/** @throws AppError PROVIDER_UNAVAILABLE */
async function settled(ctx: Context, orderId: number, charge: ChargeRow, outcome: CallOutcome): Promise<OrderView> {
  if (outcome.status === 'unknown') throw unavailable(outcome.error);
  const ratings = await hasRatings(ctx);
  return ctx.change(async (tx) => {
    await settleCharge(tx, charge, outcome);
    const order = await tx.repos.orders.findById(orderId);
    if (!order) throw new Error(`The order ${orderId} of a payment is missing.`);
    return viewOfOrder(tx, order, requireUser(tx.actor), ratings);
  });
}
