import type { LedgerAccount, SellerBalance, StatementLine, StatementPage, StatementQuery } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../kernel/cursor.ts';
import { shownMinor } from './amounts.ts';
import type { StatementRow } from './reports.ts';

/** Lines of one page of a file. */
const PAGE = 200;

/** What the actor has as a seller, by currency. @throws AppError UNAUTHENTICATED */
export async function getSellerBalances(ctx: Context): Promise<SellerBalance[]> {
  const { id } = requireUser(ctx.actor);
  const rows = await ctx.repos.ledgerReports.balancesOf(id);
  return [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, of]) => {
    const balances = new Map(of.map(({ account, balanceMinor }) => [account, balanceMinor]));
    const credit = (account: LedgerAccount) => shownMinor(-(balances.get(account) ?? 0n), currency);
    return {
      currency,
      held: credit('held'),
      available: credit('seller_balance'),
      debt: shownMinor(balances.get('seller_debt') ?? 0n, currency),
      inTransit: credit('payouts_in_transit'),
      reserve: credit('reserve'),
    };
  });
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
