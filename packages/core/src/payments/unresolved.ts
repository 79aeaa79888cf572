import { formatPriceE8, type LookUpInput, type LookUpView, type SettleByHandInput, type UnresolvedView } from '@assay/contract';
import { requireRole } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireNotOwn } from '../kernel/own-case.ts';
import { callOfPayment, settleCapture } from './capture-payment.ts';
import type { PaymentRow, ProviderOutcome, RefundRow } from './ports.ts';
import { lookUpCall, unknownReason, type CallOutcome } from './provider-call.ts';
import { callOfRefund, settleRefund } from './send-refund.ts';

/** Of each kind, the oldest ones. */
const SHOWN_MAX = 100;

/** A payment, or a refund with its payment, whose outcome is not known. */
interface Unresolved {
  payment: PaymentRow;
  refund: RefundRow | null;
}

const callOf = ({ payment, refund }: Unresolved) => (refund ? callOfRefund(refund, payment) : callOfPayment(payment));

const settle = (tx: Tx, { payment, refund }: Unresolved, outcome: CallOutcome): Promise<void> =>
  refund ? settleRefund(tx, refund, payment, outcome) : settleCapture(tx, payment, outcome);

function toView(unresolved: Unresolved): UnresolvedView {
  const { payment, refund } = unresolved;
  const { kind, key, reference, keyedAt } = callOf(unresolved);
  return {
    kind,
    id: refund?.id ?? payment.orderId,
    orderId: payment.orderId,
    amount: formatPriceE8((refund ?? payment).amountE8, payment.currency),
    currency: payment.currency,
    provider: payment.provider,
    reference,
    key,
    failure: (refund ?? payment).failure,
    since: keyedAt.toISOString(),
  };
}

/** Payments and refunds whose outcome is not known, the oldest 100 of each. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function listUnresolved(ctx: Context): Promise<UnresolvedView[]> {
  requireRole(ctx.actor, 'admin');
  const { payments, refunds } = ctx.repos;
  const open: Unresolved[] = (await payments.listUnresolved(SHOWN_MAX)).map((payment) => ({ payment, refund: null }));
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
    await tx.audit(`${input.kind}.looked-up`, 'order', unresolved.payment.orderId, { id: input.id, outcome: outcome.status });
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
  const order = await ctx.repos.orders.findById(unresolved.payment.orderId);
  if (order) requireNotOwn(ctx.actor, order.sellerId, order.buyerId);
  const known = reference || (unresolved.refund ?? unresolved.payment).reference;
  if (done && input.kind === 'payment' && !known)
    throw new AppError('VALIDATION_FAILED', {
      fields: [{ field: 'reference', message: 'Enter the payment’s id at the provider: refunds need it.' }],
    });
  const outcome: ProviderOutcome = done ? { status: 'done', reference: known } : { status: 'refused', reason };
  await ctx.change(async (tx) => {
    await settle(tx, unresolved, outcome);
    await tx.audit(`${input.kind}.settled-by-hand`, 'order', unresolved.payment.orderId, { id: input.id, done, reason });
  });
}

/** @throws AppError PAYMENT_NOT_FOUND */
async function requireUnresolved({ repos }: Context, { kind, id }: LookUpInput): Promise<Unresolved> {
  const refund = kind === 'refund' ? await repos.refunds.find(id) : null;
  const payment = kind === 'payment' ? await repos.payments.find(id) : refund && (await repos.payments.find(refund.orderId));
  if (!payment || (refund ?? payment).status !== 'unresolved') throw new AppError('PAYMENT_NOT_FOUND');
  return { payment, refund };
}
