import type { ListPayoutsQuery, PayoutConsole, SearchPayoutsQuery, SellerDuePage, SellerPayoutPage } from '@assay/contract';
import type { Context } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPage, toPageOf } from '../kernel/cursor.ts';
import { payoutOverviewOf } from './get-payouts.ts';
import { requireAdmin } from './settle-payout.ts';
import { moneyText, toSellerPayoutView } from './views.ts';

const FILES = 20;

/** How many payouts have each state, and the bank files that were made last. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function getPayoutConsole(ctx: Context): Promise<PayoutConsole> {
  requireAdmin(ctx);
  const { payouts, payoutFiles } = ctx.repos;
  const { account, sendsTestMoney } = ctx.settings.payouts;
  const [counts, files, waiting] = await Promise.all([
    payouts.countByStatus(),
    payoutFiles.list(FILES),
    payoutFiles.waiting({ after: 0, limit: 1, withTestMoney: sendsTestMoney }),
  ]);
  return {
    bankFiles: account !== null && ctx.pure.payouts.seal !== null,
    counts,
    waiting: waiting.length > 0,
    files: files.map(({ id, messageId, payouts: number, amountMinor, createdAt, cancelledAt }) => ({
      id,
      messageId,
      payouts: number,
      amount: moneyText(amountMinor, 'EUR'),
      createdAt: createdAt.toISOString(),
      cancelledAt: cancelledAt?.toISOString() ?? null,
    })),
  };
}

/** Payouts of all sellers, newest first. @throws AppError UNAUTHENTICATED, FORBIDDEN, INVALID_CURSOR */
export async function searchPayouts(ctx: Context, { limit, cursor, status, sellerId }: SearchPayoutsQuery): Promise<SellerPayoutPage> {
  requireAdmin(ctx);
  const before = cursor ? decodeCursor(cursor, 'payouts', ['number'])[0] : undefined;
  const rows = await ctx.repos.payouts.list({
    limit: limit + 1,
    ...(before === undefined ? {} : { before }),
    ...(status ? { status } : {}),
    ...(sellerId ? { sellerId } : {}),
  });
  const calls = await ctx.repos.payoutCalls.listOf(rows.filter(({ method }) => method === 'stripe').map(({ id }) => id));
  return toPage(
    rows,
    limit,
    (row) => toSellerPayoutView(row, calls),
    ({ id }) => encodeCursor('payouts', [id]),
  );
}

/** Sellers with money, and when they are paid out or why not. @throws AppError UNAUTHENTICATED, FORBIDDEN, INVALID_CURSOR */
export async function listDueSellers(ctx: Context, { limit, cursor }: ListPayoutsQuery): Promise<SellerDuePage> {
  requireAdmin(ctx);
  const after = cursor ? decodeCursor(cursor, 'due-sellers', ['number'])[0] : 0;
  const rows = await ctx.repos.payouts.sellersWithMoney(after, limit + 1);
  return toPageOf(
    rows,
    limit,
    (shown) => Promise.all(shown.map(async (seller) => ({ ...seller, ...(await payoutOverviewOf(ctx, seller.sellerId)) }))),
    ({ sellerId }) => encodeCursor('due-sellers', [sellerId]),
  );
}
