import { formatPriceE8, type FindOrdersQuery, type FoundOrder, type FoundOrders } from '@assay/contract';
import { requireRole } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../kernel/cursor.ts';
import type { OrderRow } from '../orders/ports.ts';
import { totalE8Of } from '../orders/totals.ts';

const ORDER_NUMBER = /^#?([1-9]\d{0,8})$/;

function toView(row: OrderRow): FoundOrder {
  const { id, title, status, payment, currency, buyerId, buyerName, sellerId, sellerName, createdAt } = row;
  const total = formatPriceE8(totalE8Of(row), currency);
  return { id, title, status, payment, total, currency, buyerId, buyerName, sellerId, sellerName, createdAt: createdAt.toISOString() };
}

/** Purchases and sales of an account, newest first. */
async function ordersOf({ repos }: Context, userId: number, limit: number, before: number | undefined): Promise<OrderRow[]> {
  const both = await Promise.all((['buyer', 'seller'] as const).map((as) => repos.orders.list({ as, userId, limit, before })));
  return both
    .flat()
    .toSorted((a, b) => b.id - a.id)
    .slice(0, limit);
}

/**
 * Orders by their number, or by the e-mail address of their buyer or seller, newest first. For admins.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, INVALID_CURSOR
 */
export async function findOrders(ctx: Context, { q, limit, cursor }: FindOrdersQuery): Promise<FoundOrders> {
  requireRole(ctx.actor, 'admin');
  const before = cursor ? decodeCursor(cursor, 'orders-found', ['number'])[0] : undefined;
  const [, number] = ORDER_NUMBER.exec(q) ?? [];
  if (number) {
    const row = await ctx.repos.orders.findById(Number(number));
    return { items: row ? [toView(row)] : [], nextCursor: null };
  }
  const account = q.includes('@') ? await ctx.repos.accounts.findByEmail(q.toLowerCase()) : null;
  const rows = account ? await ordersOf(ctx, account.id, limit + 1, before) : [];
  return toPage(rows, limit, toView, ({ id }) => encodeCursor('orders-found', [id]));
}
