import {
  formatPriceE8,
  type ChargebackPage,
  type ChargebackSummary,
  type ChargebackView,
  type ListChargebacksQuery,
} from '@assay/contract';
import { requireRole } from '../kernel/actor.ts';
import type { Context, Reads } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../kernel/cursor.ts';
import type { OrderRow } from '../orders/ports.ts';
import type { ChargebackOfOrder, ChargebackRow } from './ports.ts';

const toView = (row: ChargebackRow, currency: string): ChargebackView => ({
  id: row.id,
  orderId: row.orderId,
  amount: formatPriceE8(row.amountE8, currency),
  currency,
  status: row.status,
  reason: row.reason,
  withdrawn: row.withdrawnAt !== null && row.reinstatedAt === null,
  evidenceDueAt: row.closedAt ? null : (row.evidenceDueAt?.toISOString() ?? null),
  openedAt: row.openedAt.toISOString(),
  closedAt: row.closedAt?.toISOString() ?? null,
});

function toSummary(row: ChargebackOfOrder): ChargebackSummary {
  const { title, sellerId, sellerName, buyerId, buyerName, provider, reference, feeE8, feeCurrency } = row;
  const fee = feeCurrency && feeE8 > 0n ? formatPriceE8(feeE8, feeCurrency) : null;
  return {
    ...toView(row, row.currency),
    title,
    sellerId,
    sellerName,
    buyerId,
    buyerName,
    provider,
    reference,
    fee,
    feeCurrency: fee && feeCurrency,
  };
}

/** What the page of an order says of disputes about its payment at the buyer's bank. */
export const chargebacksOf = async ({ repos }: Reads, orderId: number, currency: string): Promise<ChargebackView[]> =>
  (await repos.chargebacks.ofOrder(orderId)).map((row) => toView(row, currency));

/** The same with its order, as admins read it. */
export const chargebackSummariesOf = async ({ repos }: Reads, order: OrderRow): Promise<ChargebackSummary[]> =>
  (await repos.chargebacks.ofOrder(order.id)).map((row) => toSummary({ ...order, ...row }));

/**
 * Disputes at buyers' banks: those that go on, oldest first, or those that have ended, newest first.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, INVALID_CURSOR
 */
export async function listChargebacks(ctx: Context, { ended, limit, cursor }: ListChargebacksQuery): Promise<ChargebackPage> {
  requireRole(ctx.actor, 'admin');
  const list = ended ? 'chargebacks-ended' : 'chargebacks';
  const after = cursor ? decodeCursor(cursor, list, ['number'])[0] : undefined;
  const rows = await ctx.repos.chargebacks.list({ ended, after, limit: limit + 1 });
  return toPage(rows, limit, toSummary, ({ id }) => encodeCursor(list, [id]));
}
