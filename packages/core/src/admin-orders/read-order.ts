import { formatPriceE8, type AdminOrder, type ChargeView } from '@assay/contract';
import { chargebackSummariesOf } from '../chargebacks/list-chargebacks.ts';
import { disputeSummaryOf } from '../disputes/get-dispute.ts';
import { requireRole } from '../kernel/actor.ts';
import type { Context, Reads } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { isOwn } from '../kernel/own-case.ts';
import { listLedgerEntries } from '../ledger/read-ledger.ts';
import { readAuditLog } from '../moderation/moderation-queue.ts';
import { cancelledItemsOf } from '../orders/cancelled-items.ts';
import { toEventView, viewOfOrder } from '../orders/orders.ts';
import { releaseOf } from '../orders/release-order.ts';
import { chargeOfOrder } from '../payments/charges.ts';
import { refundsOf } from '../payments/refund-order.ts';
import { viewsOfReturns } from '../returns/get-returns.ts';

/** Of the ledger and of the audit log; the pages of both show the rest. */
const SHOWN = 100;

async function chargeView(reads: Reads, orderId: number): Promise<ChargeView | null> {
  const charge = await chargeOfOrder(reads, orderId);
  if (!charge) return null;
  const { provider, reference, amountE8, currency, status, failure, begunAt, shares } = charge;
  return {
    provider,
    reference,
    amount: formatPriceE8(amountE8, currency),
    currency,
    status,
    failure,
    begunAt: begunAt.toISOString(),
    orderIds: shares.map((share) => share.orderId),
  };
}

/**
 * An order with its money and its history, for admins. Each look is in the audit log.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, ORDER_NOT_FOUND
 */
export async function readOrder(ctx: Context, { id }: { id: number }): Promise<AdminOrder> {
  const actor = requireRole(ctx.actor, 'admin');
  const order = await ctx.repos.orders.findById(id);
  if (!order) throw new AppError('ORDER_NOT_FOUND');
  await ctx.change((tx) => tx.audit('order.viewed', 'order', id));
  const own = isOwn(actor, order.buyerId, order.sellerId);
  const [events, view, refunds] = [
    await ctx.repos.orders.events(id),
    await viewOfOrder(ctx, order, actor, false),
    await refundsOf(ctx, order, 'platform'),
  ];
  const [ledger, audit] = await Promise.all([
    listLedgerEntries(ctx, { orderId: id, limit: SHOWN }),
    readAuditLog(ctx, { entity: 'order', entityId: String(id), limit: SHOWN }),
  ]);
  return {
    ...view,
    ...refunds,
    moves: [],
    refundable: own ? null : refunds.refundable,
    events: events.map((event) => toEventView(order, event)),
    cancelledItems: await cancelledItemsOf(ctx, order),
    chargebacks: await chargebackSummariesOf(ctx, order),
    release: await releaseOf(ctx, order, 'platform'),
    own,
    charge: await chargeView(ctx, id),
    dispute: await disputeSummaryOf(ctx, order),
    returns: await viewsOfReturns(ctx, order, 'platform'),
    ledger: ledger.items,
    audit: audit.items,
  };
}
