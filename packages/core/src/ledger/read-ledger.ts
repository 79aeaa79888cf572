import type { LedgerEntryView, LedgerFilter, LedgerPage, LedgerQuery, TrialBalance } from '@assay/contract';
import { requireRole } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPageOf } from '../kernel/cursor.ts';
import { shownMinor, sides } from './amounts.ts';
import type { BalanceRow, EntryRow } from './reports.ts';

/** Entries of one page of a file. */
const PAGE = 200;

/** The balances of all accounts by currency, and the last verification. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function getTrialBalance(ctx: Context): Promise<TrialBalance> {
  requireRole(ctx.actor, 'admin', 'ops');
  const [rows, last] = await Promise.all([ctx.repos.ledgerReports.trialBalance(), ctx.repos.ledgerChecks.last()]);
  const currencies = Map.groupBy(rows, ({ currency }) => currency);
  return {
    at: ctx.now().toISOString(),
    currencies: [...currencies].map(([currency, of]) => ({
      currency,
      lines: of.map(({ account, balanceMinor }) => ({ account, ...sides(balanceMinor, currency) })),
      debit: shownMinor(totalOf(of, 1n), currency),
      credit: shownMinor(totalOf(of, -1n), currency),
    })),
    verified: last && {
      at: last.finishedAt.toISOString(),
      entries: last.entries,
      payments: last.payments,
      differences: last.differences,
    },
    findings: last?.findings ?? [],
  };
}

const totalOf = (rows: BalanceRow[], sign: 1n | -1n): bigint =>
  rows.reduce((sum, { balanceMinor }) => (balanceMinor * sign > 0n ? sum + balanceMinor * sign : sum), 0n);

/** Entries with their postings, newest first. @throws AppError UNAUTHENTICATED, FORBIDDEN, INVALID_CURSOR */
export async function listLedgerEntries(ctx: Context, { cursor, limit, ...filter }: LedgerQuery): Promise<LedgerPage> {
  requireRole(ctx.actor, 'admin', 'ops');
  const [before] = cursor ? decodeCursor(cursor, 'ledger', ['number']) : [];
  const rows = await ctx.repos.ledgerReports.entries({ ...filter, limit: limit + 1, before });
  return toPageOf(
    rows,
    limit,
    (shown) => withPostings(ctx, shown),
    ({ id }) => encodeCursor('ledger', [id]),
  );
}

/** All of them, in pages: never all in memory. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function* exportLedgerEntries(ctx: Context, filter: LedgerFilter): AsyncGenerator<LedgerEntryView[]> {
  requireRole(ctx.actor, 'admin', 'ops');
  let before: number | undefined;
  for (;;) {
    const rows = await ctx.repos.ledgerReports.entries({ ...filter, limit: PAGE, before });
    if (rows.length > 0) yield await withPostings(ctx, rows);
    if (rows.length < PAGE) return;
    before = rows.at(-1)!.id;
  }
}

async function withPostings(ctx: Context, rows: readonly EntryRow[]): Promise<LedgerEntryView[]> {
  const lines = await ctx.repos.ledgerReports.linesOf(rows.map(({ id }) => id));
  const byEntry = Map.groupBy(lines, ({ entryId }) => entryId);
  return rows.map((row) => ({
    ...row,
    at: row.at.toISOString(),
    postings: (byEntry.get(row.id) ?? []).map(({ account, sellerId, amountMinor }) => ({
      account,
      sellerId,
      ...sides(amountMinor, row.currency),
    })),
  }));
}
