import type {
  ListPayoutsQuery,
  PayoutDetail,
  PayoutLinesQuery,
  PayoutLineView,
  PayoutOverview,
  PayoutPage,
  PayoutScheduleInput,
} from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Reads } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../kernel/cursor.ts';
import { AppError } from '../kernel/errors.ts';
import { requireSeller } from '../sellers/require-seller.ts';
import { destinationOf, judgeMoney, minimumOf, payoutFactsOf, payoutSettingsOf } from './payout-state.ts';
import type { PayoutRow } from './ports.ts';
import { nextPayoutAt } from './schedule.ts';
import { moneyOf } from './seller-money.ts';
import { toDue, toLineView, toPayoutView } from './views.ts';

const LINES = 500;

/** When a seller is paid out next and how much, or why not. */
export async function payoutOverviewOf(reads: Reads, sellerId: number): Promise<PayoutOverview> {
  const facts = await payoutFactsOf(reads, sellerId);
  const { schedule, nextAt, heldReason } = facts.settings;
  const money = await moneyOf(reads, sellerId);
  const policy = reads.settings.payouts;
  const goesTo = (currency: string) => destinationOf(facts, currency)?.masked ?? null;
  return {
    schedule,
    nextAt: nextAt.toISOString(),
    heldReason,
    destination: goesTo(facts.account?.currency ?? ''),
    due: money.map((each) => toDue(each, minimumOf(policy, each.currency), judgeMoney(reads, facts, each), goesTo(each.currency))),
  };
}

/** When I am paid out next and how much, or why not. @throws AppError UNAUTHENTICATED, SELLER_NOT_FOUND */
export async function getPayoutOverview(ctx: Context): Promise<PayoutOverview> {
  const { id } = requireUser(ctx.actor);
  await requireSeller(ctx.repos, id);
  return payoutOverviewOf(ctx, id);
}

/** How often I am paid out, from now on. @throws AppError UNAUTHENTICATED, SELLER_NOT_FOUND */
export async function choosePayoutSchedule(ctx: Context, { schedule }: PayoutScheduleInput): Promise<PayoutOverview> {
  const { id } = requireUser(ctx.actor);
  await ctx.change(async (tx) => {
    await requireSeller(tx.repos, id);
    const before = await payoutSettingsOf(tx, id);
    if (before.schedule === schedule) return;
    const settings = { schedule, nextAt: nextPayoutAt(schedule, tx.at) };
    await tx.repos.payouts.ensureSettings(id, settings, tx.at);
    await tx.repos.payouts.setSchedule(id, settings, tx.at);
    await tx.audit('payouts.rescheduled', 'seller', id, { schedule });
    await tx.publish('payout-settings.changed', { sellerId: id });
  });
  return payoutOverviewOf(ctx, id);
}

/** My payouts, newest first. @throws AppError UNAUTHENTICATED, INVALID_CURSOR */
export async function listMyPayouts(ctx: Context, { limit, cursor }: ListPayoutsQuery): Promise<PayoutPage> {
  const { id: sellerId } = requireUser(ctx.actor);
  const before = cursor ? decodeCursor(cursor, 'my-payouts', ['number'])[0] : undefined;
  const rows = await ctx.repos.payouts.list({ sellerId, limit: limit + 1, ...(before === undefined ? {} : { before }) });
  return toPage(rows, limit, toPayoutView, ({ id }) => encodeCursor('my-payouts', [id]));
}

/** A payout of mine with the entries that it is made of. @throws AppError UNAUTHENTICATED, PAYOUT_NOT_FOUND (also another seller's), INVALID_CURSOR */
export async function getPayout(ctx: Context, { id, limit, cursor }: PayoutLinesQuery): Promise<PayoutDetail> {
  const payout = await requireOwnPayout(ctx, id);
  const after = cursor ? decodeCursor(cursor, `payout-${id}`, ['number'])[0] : 0;
  const rows = await ctx.repos.payouts.lines(payout, after, limit + 1);
  const { items, nextCursor } = toPage(
    rows,
    limit,
    (row) => toLineView(row, payout.currency),
    ({ entryId }) => encodeCursor(`payout-${id}`, [entryId]),
  );
  return { payout: toPayoutView(payout), lines: items, nextCursor };
}

/** All entries of a payout of mine, page by page, for a file. @throws AppError UNAUTHENTICATED, PAYOUT_NOT_FOUND */
export async function exportPayout(
  ctx: Context,
  { id }: { id: number },
): Promise<{ currency: string; pages: AsyncGenerator<PayoutLineView[]> }> {
  const payout = await requireOwnPayout(ctx, id);
  return { currency: payout.currency, pages: linePages(ctx, payout) };
}

async function* linePages({ repos }: Context, payout: PayoutRow): AsyncGenerator<PayoutLineView[]> {
  for (let after = 0; ;) {
    const rows = await repos.payouts.lines(payout, after, LINES);
    if (rows.length === 0) return;
    yield rows.map((row) => toLineView(row, payout.currency));
    after = rows.at(-1)!.entryId;
  }
}

/** A payout of mine. @throws AppError UNAUTHENTICATED, PAYOUT_NOT_FOUND (also another seller's) */
export async function requireOwnPayout(ctx: Context, id: number): Promise<PayoutRow> {
  const actor = requireUser(ctx.actor);
  const payout = await ctx.repos.payouts.find(id);
  if (payout?.sellerId !== actor.id) throw new AppError('PAYOUT_NOT_FOUND');
  return payout;
}
