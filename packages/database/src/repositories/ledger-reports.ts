import type { LedgerAccount } from '@assay/contract';
import type { LedgerReports } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { where } from '../engine/keyset.ts';
import { startsWith } from '../engine/like.ts';
import { columns } from '../engine/rows.ts';
import { chunks } from '../engine/value-rows.ts';

const ENTRY = columns(
  { e: 'LedgerEntries' },
  { id: 'e.Id', cause: 'e.Cause', kind: 'e.Kind', currency: 'e.Currency', orderId: 'e.OrderId', isTest: 'e.IsTest', at: 'e.At' },
);
const LINE = columns(
  { p: 'LedgerPostings' },
  { entryId: 'p.EntryId', account: 'p.Account', sellerId: 'p.SellerId', amountMinor: 'p.AmountMinor' },
);
const BALANCE = columns({ b: 'LedgerBalances' }, { currency: 'b.Currency', account: 'b.Account', balanceMinor: 'b.BalanceMinor' });

export function ledgerReports(db: Queryable): LedgerReports {
  const linesOf: LedgerReports['linesOf'] = async (entryIds) => {
    const found: Awaited<ReturnType<LedgerReports['linesOf']>> = [];
    for (const chunk of chunks(entryIds.map((id) => ({ id }))))
      found.push(
        ...(await LINE.read(
          db,
          Prisma.sql`FROM LedgerPostings p WHERE p.EntryId IN (${Prisma.join(chunk.map(({ id }) => id))}) ORDER BY p.EntryId, p.Line`,
        )),
      );
    return found;
  };
  return {
    async trialBalance() {
      const rows = await db.read<{ currency: string; account: LedgerAccount; total: string }>(Prisma.sql`
        SELECT b.Currency AS currency, b.Account AS account, CAST(SUM(b.BalanceMinor) AS VARCHAR(20)) AS total
        FROM LedgerBalances b GROUP BY b.Currency, b.Account ORDER BY b.Currency, b.Account`);
      return rows.map(({ currency, account, total }) => ({ currency, account, balanceMinor: BigInt(total) }));
    },

    entries({ orderId, sellerId, cause, before, limit: rows }) {
      const conditions = where([
        orderId !== undefined && Prisma.sql`e.OrderId = ${orderId}`,
        cause !== undefined && startsWith(Prisma.sql`e.Cause`, cause),
        sellerId !== undefined && Prisma.sql`e.Id IN (SELECT p.EntryId FROM LedgerPostings p WHERE p.SellerId = ${sellerId})`,
        before !== undefined && Prisma.sql`e.Id < ${before}`,
      ]);
      return ENTRY.read(db, Prisma.sql`FROM LedgerEntries e ${conditions} ORDER BY e.Id DESC ${limit(db.engine, rows)}`);
    },

    linesOf,

    balancesOf: (sellerId) =>
      BALANCE.read(db, Prisma.sql`FROM LedgerBalances b WHERE b.SellerId = ${sellerId} ORDER BY b.Currency, b.Account`),

    async statement({ sellerId, currency, before, limit: rows }) {
      // The index has these columns in this order: a page costs the same for a seller of a million postings.
      const older = before === undefined ? Prisma.empty : Prisma.sql`AND p.EntryId < ${before}`;
      const entries = await ENTRY.read(
        db,
        Prisma.sql`FROM LedgerEntries e WHERE e.Id IN (
          SELECT x.EntryId FROM (
            SELECT DISTINCT p.EntryId FROM LedgerPostings p WHERE p.SellerId = ${sellerId} AND p.Currency = ${currency} ${older}
            ORDER BY p.EntryId DESC ${limit(db.engine, rows)}
          ) x
        ) ORDER BY e.Id DESC`,
      );
      const lines = Map.groupBy(await linesOf(entries.map(({ id }) => id)), ({ entryId }) => entryId);
      return entries.map(({ cause: _cause, ...entry }) => {
        const sum = (...accounts: LedgerAccount[]) =>
          (lines.get(entry.id) ?? [])
            .filter((line) => line.sellerId === sellerId && accounts.includes(line.account))
            .reduce((total, { amountMinor }) => total + amountMinor, 0n);
        return {
          ...entry,
          held: sum('held'),
          balance: sum('seller_balance', 'seller_debt'),
          commission: sum('commission'),
          vat: sum('commission_vat'),
        };
      });
    },
  };
}
