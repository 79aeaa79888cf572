import type { LedgerAccount, NextRelease, SellerBalance, StatementLine, StatementPage, StatementQuery } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../kernel/cursor.ts';
import { expectedRelease } from '../orders/rules.ts';
import { divided, pendingOf } from '../payouts/seller-money.ts';
import { pendingView } from '../payouts/views.ts';
import { shownMinor } from './amounts.ts';
import { creditedIn } from './postings.ts';
import type { StatementRow } from './reports.ts';

/** Lines of one page of a file. */
const PAGE = 200;

/** What the actor has as a seller, by currency. @throws AppError UNAUTHENTICATED */
export async function getSellerBalances(ctx: Context): Promise<SellerBalance[]> {
  const { id } = requireUser(ctx.actor);
  const [rows, pending] = [await ctx.repos.ledgerReports.balancesOf(id), await pendingOf(ctx, id)];
  return [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, of]) => {
    const balances = new Map(of.map(({ account, balanceMinor }) => [account, balanceMinor]));
    const credit = (account: LedgerAccount) => shownMinor(-(balances.get(account) ?? 0n), currency);
    const money = divided(ctx, -(balances.get('seller_balance') ?? 0n), pending.get(currency));
    return {
      currency,
      held: credit('held'),
      available: shownMinor(money.available, currency),
      ...pendingView({ currency, ...money }),
      debt: shownMinor(balances.get('seller_debt') ?? 0n, currency),
      inTransit: credit('payouts_in_transit'),
      reserve: credit('reserve'),
    };
  });
}

/** Orders on the page of the balance whose payment is released next. */
const NEXT_RELEASES = 5;

/** The orders of the actor as a seller whose payment is released next, by then at the latest. @throws AppError UNAUTHENTICATED */
export async function listNextReleases(ctx: Context): Promise<NextRelease[]> {
  const { id: sellerId } = requireUser(ctx.actor);
  const found = await ctx.repos.orders.listToBeReleased(sellerId, NEXT_RELEASES);
  const dated = found.map((order) => ({ ...order, at: expectedRelease(order, ctx.settings.orderTimes) }));
  const next = dated.filter(({ at }) => at !== null).toSorted((a, b) => a.at!.getTime() - b.at!.getTime() || a.id - b.id);
  const releases: NextRelease[] = [];
  for (const { id: orderId, title, currency, at } of next.slice(0, NEXT_RELEASES)) {
    const held = creditedIn(await ctx.repos.ledger.sumsOfOrder(orderId), 'held');
    if (held === 0n) continue; // what was refunded in full is not released
    releases.push({ orderId, title, currency, held: shownMinor(held, currency), at: at!.toISOString() });
  }
  return releases;
}

/** How the actor's money as a seller came to be, newest first. @throws AppError UNAUTHENTICATED, INVALID_CURSOR */
export async function listStatement(ctx: Context, { currency, cursor, limit }: StatementQuery): Promise<StatementPage> {
  const { id: sellerId } = requireUser(ctx.actor);
  const [before] = cursor ? decodeCursor(cursor, `statement-${currency}`, ['number']) : [];
  const rows = await ctx.repos.ledgerReports.statement({ sellerId, currency, limit: limit + 1, before });
  return toPage(rows, limit, toStatementLine, ({ id }) => encodeCursor(`statement-${currency}`, [id]));
}

/** All of it, in all currencies, in pages: never all in memory. @throws AppError UNAUTHENTICATED */
export async function* exportStatement(ctx: Context): AsyncGenerator<StatementLine[]> {
  const { id: sellerId } = requireUser(ctx.actor);
  for (const { currency } of await getSellerBalances(ctx)) {
    let before: number | undefined;
    for (;;) {
      const rows = await ctx.repos.ledgerReports.statement({ sellerId, currency, limit: PAGE, before });
      if (rows.length > 0) yield rows.map(toStatementLine);
      if (rows.length < PAGE) break;
      before = rows.at(-1)!.id;
    }
  }
}

/** What is credited to the seller counts up, what the marketplace takes counts down. */
function toStatementLine({ held, balance, commission, vat, at, ...row }: StatementRow): StatementLine {
  const shown = (minor: bigint) => shownMinor(minor, row.currency);
  return { ...row, at: at.toISOString(), held: shown(-held), balance: shown(-balance), commission: shown(commission), vat: shown(vat) };
}
