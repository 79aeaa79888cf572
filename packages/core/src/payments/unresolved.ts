import { formatPriceE8, type LookUpInput, type LookUpView, type SettleByHandInput, type UnresolvedView } from '@assay/contract';
import { requireRole } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireNotOwn } from '../kernel/own-case.ts';
import { callOfCharge, chargeOfOrder, earlierCharge } from './charges.ts';
import type { ChargeRow, PaymentRow, ProviderOutcome, RefundRow } from './ports.ts';
import { lookUpCall, unknownReason, type CallOutcome } from './provider-call.ts';
import { callOfRefund, settleRefund } from './send-refund.ts';
import { settleCharge } from './settle-charge.ts';

/** Of each kind, the oldest ones. */
const SHOWN_MAX = 100;

/** A charge, or a refund with its payment, whose outcome is not known. */
type Unresolved = { charge: ChargeRow; refund: null } | { payment: PaymentRow; refund: RefundRow };

const callOf = (one: Unresolved) => (one.refund ? callOfRefund(one.refund, one.payment) : callOfCharge(one.charge));

const settle = (tx: Tx, one: Unresolved, outcome: CallOutcome): Promise<void> =>
  one.refund ? settleRefund(tx, one.refund, one.payment, outcome) : settleCharge(tx, one.charge, outcome);

const ordersOf = (one: Unresolved): number[] => (one.refund ? [one.refund.orderId] : one.charge.shares.map(({ orderId }) => orderId));

function toView(one: Unresolved): UnresolvedView {
  const { kind, provider, key, reference, keyedAt } = callOf(one);
  const { currency } = one.refund ? one.payment : one.charge;
  const { amountE8, failure } = one.refund ?? one.charge;
  const orderIds = ordersOf(one);
  const orderId = orderIds[0] ?? 0;
  return {
    kind,
    id: one.refund?.id ?? orderId,
    orderId,
    orderIds,
    amount: formatPriceE8(amountE8, currency),
    currency,
    provider,
    reference,
    key,
    failure,
    since: keyedAt.toISOString(),
  };
}

/** Payments and refunds whose outcome is not known, the oldest 100 of each. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function listUnresolved(ctx: Context): Promise<UnresolvedView[]> {
  requireRole(ctx.actor, 'admin');
  const { charges, payments, refunds } = ctx.repos;
  const unresolved = [...(await charges.listUnresolved(SHOWN_MAX)), ...(await payments.listUnresolved(SHOWN_MAX)).map(earlierCharge)];
  const open: Unresolved[] = unresolved.map((charge) => ({ charge, refund: null }));
  for (const refund of await refunds.listUnresolved(SHOWN_MAX)) {
    const payment = await payments.find(refund.orderId);
    if (payment) open.push({ payment, refund });
  }
  return open.map(toView);
}

/**
 * Asks the provider now what became of a payment or refund, and settles it by the answer.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, PAYMENT_NOT_FOUND, PROVIDER_UNAVAILABLE
 */
export async function lookUpUnresolved(ctx: Context, input: LookUpInput): Promise<LookUpView> {
  requireRole(ctx.actor, 'admin');
  const unresolved = await requireUnresolved(ctx, input);
  const outcome = await lookUpCall(ctx, callOf(unresolved));
  if (outcome.status === 'unknown')
    throw new AppError('PROVIDER_UNAVAILABLE', { message: `The payment provider did not answer: ${unknownReason(outcome.error)}` });
  const status = outcome.status === 'never-sent' ? (unresolved.refund ? 'sent-again' : 'refused') : outcome.status;
  await ctx.change(async (tx) => {
    await settle(tx, unresolved, outcome);
    for (const orderId of ordersOf(unresolved))
      await tx.audit(`${input.kind}.looked-up`, 'order', orderId, { id: input.id, outcome: outcome.status });
  });
  return { outcome: status };
}

/**
 * Settles a payment or refund by what an admin found out at the provider.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, PAYMENT_NOT_FOUND, OWN_CASE, VALIDATION_FAILED (a captured payment without its reference)
 */
export async function settleByHand(ctx: Context, { done, reference, reason, ...input }: SettleByHandInput): Promise<void> {
  requireRole(ctx.actor, 'admin');
  const unresolved = await requireUnresolved(ctx, input);
  for (const orderId of ordersOf(unresolved)) {
    const order = await ctx.repos.orders.findById(orderId);
    if (order) requireNotOwn(ctx.actor, order.sellerId, order.buyerId);
  }
  const known = reference || (unresolved.refund ?? unresolved.charge).reference;
  if (done && input.kind === 'payment' && !known)
    throw new AppError('VALIDATION_FAILED', {
      fields: [{ field: 'reference', message: 'Enter the payment’s id at the provider: refunds need it.' }],
    });
  const outcome: ProviderOutcome = done ? { status: 'done', reference: known } : { status: 'refused', reason };
  await ctx.change(async (tx) => {
    await settle(tx, unresolved, outcome);
    for (const orderId of ordersOf(unresolved))
      await tx.audit(`${input.kind}.settled-by-hand`, 'order', orderId, { id: input.id, done, reason });
  });
}

/** @throws AppError PAYMENT_NOT_FOUND */
async function requireUnresolved(ctx: Context, { kind, id }: LookUpInput): Promise<Unresolved> {
  const { repos } = ctx;
  if (kind === 'payment') {
    const charge = await chargeOfOrder(ctx, id);
    if (charge?.status === 'unresolved') return { charge, refund: null };
  } else {
    const refund = await repos.refunds.find(id);
    const payment = refund && (await repos.payments.find(refund.orderId));
    if (payment && refund.status === 'unresolved') return { payment, refund };
  }
  throw new AppError('PAYMENT_NOT_FOUND');
}
