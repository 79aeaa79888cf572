import { fitsCurrency, formatPriceE8, parsePriceE8, type OrderDetail, type RefundOrderInput, type RefundView } from '@assay/contract';
import { emailOwner } from '../accounts/notify-owner.ts';
import { hasRole, requireUser, type UserActor } from '../kernel/actor.ts';
import type { Context, Reads, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { isCovered } from '../ledger/order-money.ts';
import { orderRefundedMessage } from '../mail/order-messages.ts';
import { lockOrder } from '../orders/lock-order.ts';
import type { OrderRow } from '../orders/ports.ts';
import { isDisputable, partyOf, type Party } from '../orders/rules.ts';
import { beginRefund, refundableE8, refundTaskKey, requireNotAtBank } from './begin-refund.ts';
import type { PaymentRow, RefundRow } from './ports.ts';
import { PROVIDER_MS } from './provider-call.ts';

/** Of one order. Each is a call of the provider, and documents that are kept. */
const REFUNDS_MAX = 20;

/** @throws AppError ILLEGAL_MOVE */
export async function requireFewRefunds({ repos }: Tx, orderId: number): Promise<void> {
  if ((await repos.refunds.listOf(orderId)).length >= REFUNDS_MAX)
    throw new AppError('ILLEGAL_MOVE', { message: `An order has at most ${REFUNDS_MAX} refunds.` });
}

const toRefundView = (row: RefundRow, currency: string, seesFailure: boolean): RefundView => ({
  id: row.id,
  orderId: row.orderId,
  amount: formatPriceE8(row.amountE8, currency),
  currency,
  reason: row.reason,
  status: row.status,
  failure: seesFailure && row.status === 'failed' ? row.failure : null,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** What is asked to be refunded, and of what. */
interface AskedRefund {
  order: OrderRow;
  payment: PaymentRow;
  /** The seller; null for an admin who is no side. */
  party: Party | null;
  amountE8: bigint;
}

const refused = (message: string) => new AppError('ILLEGAL_MOVE', { message });
const invalid = (field: string, message: string) => new AppError('VALIDATION_FAILED', { fields: [{ field, message }] });

/**
 * Refunds an order in part, or all that is left. Its seller does, or an admin who is no side of it and says why: that is in the audit log,
 * and the seller gets an e-mail. What is paid and not shipped is cancelled in place of being refunded in full, so that nothing is shipped for
 * nothing.
 * @throws AppError UNAUTHENTICATED, ORDER_NOT_FOUND (also another party's), FORBIDDEN (the buyer, also one who is an admin), ILLEGAL_MOVE (nothing
 *   is left, there is a dispute, also at the buyer's bank, or a return, or too many refunds), REFUND_TOO_HIGH (also where it can no longer be
 *   disputed, and the seller's balance does not reach), VALIDATION_FAILED (more decimals than the currency has, or an admin without a note)
 */
export async function refundOrder(ctx: Context, { id, amount, reason, auditNote }: RefundOrderInput & { id: number }): Promise<RefundView> {
  const actor = requireUser(ctx.actor);
  const { task, currency } = await ctx.change(async (tx) => {
    await lockOrder(tx, id);
    const asked = await requireRefund(tx, actor, { id, amount });
    const { order, party, amountE8 } = asked;
    if (party === null && !auditNote) throw invalid('auditNote', 'Say why you refund it.');
    await requireCovered(tx, asked);
    if (party === null) await emailOfRefund(tx, order, amountE8);
    const begun = await beginRefund(tx, id, amountE8, reason, party === null ? auditNote : undefined);
    return { task: begun, currency: order.currency };
  });
  await ctx.perform(task, PROVIDER_MS);
  const refund = (await ctx.repos.refunds.listOf(id)).find((row) => refundTaskKey(row.id) === task);
  if (!refund) throw new Error(`The refund of the order ${id} that was just begun is missing.`);
  return toRefundView(refund, currency, true);
}

/** The order, which the change has locked, and the amount. @throws AppError as {@link refundOrder} */
async function requireRefund(tx: Tx, actor: UserActor, { id, amount }: { id: number; amount: string | undefined }): Promise<AskedRefund> {
  const order = await tx.repos.orders.findById(id);
  const party = order && partyOf(order, actor.id);
  const isAdmin = hasRole(actor, 'admin');
  if (!order || (!party && !isAdmin)) throw new AppError('ORDER_NOT_FOUND');
  if (party === 'buyer') throw new AppError('FORBIDDEN', { message: 'Only the seller can refund an order.' });
  if (amount !== undefined && !fitsCurrency(amount, order.currency))
    throw invalid('amount', `${amount} has too many decimals for ${order.currency}.`);
  const payment = await tx.repos.payments.find(id);
  requireNotAtBank(payment);
  const left = payment && refundableE8(payment);
  if (!left) throw refused('There is nothing left to refund.');
  await requireFewRefunds(tx, id);
  if (order.status === 'disputed') throw refused('There is a dispute about this order. Refund it there.');
  if (await tx.repos.returns.openOf(id)) throw refused('There is a return of this order. Refund it there.');
  const amountE8 = amount === undefined ? left : parsePriceE8(amount);
  if (order.status === 'paid' && amountE8 === left) throw refused('This order is not shipped yet. To refund all of it, cancel it.');
  return { order, payment, party, amountE8 };
}

/** Notifies the seller that an admin refunds an order. */
async function emailOfRefund(tx: Tx, order: OrderRow, amountE8: bigint): Promise<void> {
  const seller = await tx.repos.accounts.findById(order.sellerId);
  if (!seller) return;
  const amount = `${formatPriceE8(amountE8, order.currency)} ${order.currency}`;
  await emailOwner(tx, seller, 'order-refunded', orderRefundedMessage(tx.settings.publicUrl, seller.fullName, order, amount));
}

/**
 * A seller refunds an order that can no longer be disputed out of what they have: what was paid out already is not refunded by the
 * marketplace. Admins may, and the seller owes it then.
 * @throws AppError REFUND_TOO_HIGH
 */
async function requireCovered(tx: Tx, { order, payment, party, amountE8 }: AskedRefund): Promise<void> {
  const isOver = order.status === 'completed' || order.status === 'resolved';
  if (party !== 'seller' || !isOver || isDisputable(order, tx.settings.orderTimes, tx.at) || amountE8 > refundableE8(payment)) return;
  if (await isCovered(tx, { order, payment, amountE8 })) return;
  throw new AppError('REFUND_TOO_HIGH', { message: 'Your balance does not cover this refund.' });
}

/** What the page of an order says of its refunds. */
export async function refundsOf(
  ctx: Reads,
  order: OrderRow,
  reader: Party | 'platform',
): Promise<Pick<OrderDetail, 'refunds' | 'refunded' | 'refundable'>> {
  const [payment, refunds] = [await ctx.repos.payments.find(order.id), await ctx.repos.refunds.listOf(order.id)];
  const seesAll = reader !== 'buyer';
  const isOpen = order.status === 'disputed' || (await ctx.repos.returns.openOf(order.id)) !== null;
  const text = (amountE8: bigint) => (amountE8 > 0n ? formatPriceE8(amountE8, order.currency) : null);
  return {
    refunds: refunds.map((row) => toRefundView(row, order.currency, seesAll)),
    refunded: payment && text(payment.refundedE8),
    refundable: payment && seesAll && !isOpen ? text(refundableE8(payment)) : null,
  };
}
