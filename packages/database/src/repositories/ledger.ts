import type { LedgerAccount } from '@assay/contract';
import { Raced, type AccountSums, type LedgerRepository, type PostingLine } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { isUniqueViolation, updateOrInsert } from '../engine/errors.ts';
import { insert, insertReturningId } from '../engine/insert.ts';
import { lockRows } from '../engine/locks.ts';
import { columns } from '../engine/rows.ts';

/** In LedgerBalances: of no seller. */
const NO_SELLER = 0;

const ENTRY = columns({ e: 'LedgerEntries' }, { at: 'e.At' });
const LINE = columns({ p: 'LedgerPostings' }, { account: 'p.Account', sellerId: 'p.SellerId', amountMinor: 'p.AmountMinor' });

export function ledgerRepository(db: Queryable): LedgerRepository {
  const sums = async (query: Prisma.Sql): Promise<AccountSums> => {
    const rows = await db.read<{ account: LedgerAccount; total: string }>(query);
    return new Map(rows.map(({ account, total }) => [account, BigInt(total)]));
  };
  return {
    async isPosted(cause) {
      const found = await db.read(Prisma.sql`SELECT e.Id AS id FROM LedgerEntries e WHERE e.Cause = ${cause} ${orderedLimit(db)}`);
      return found.length > 0;
    },

    async postedAt(cause) {
      const entry = await ENTRY.first(db, Prisma.sql`FROM LedgerEntries e WHERE e.Cause = ${cause} ${orderedLimit(db)}`);
      return entry?.at ?? null;
    },

    lock: (sellerId, currency) =>
      lockRows(db, 'LedgerBalances', 'BalanceMinor', Prisma.sql`SellerId = ${sellerId ?? NO_SELLER} AND Currency = ${currency}`),

    balances: (sellerId, currency) =>
      sums(Prisma.sql`
        SELECT b.Account AS account, CAST(b.BalanceMinor AS VARCHAR(20)) AS total
        FROM LedgerBalances b WHERE b.SellerId = ${sellerId} AND b.Currency = ${currency}`),

    sumsOfOrder: (orderId) =>
      sums(Prisma.sql`
        SELECT p.Account AS account, CAST(SUM(p.AmountMinor) AS VARCHAR(20)) AS total
        FROM LedgerEntries e JOIN LedgerPostings p ON p.EntryId = e.Id
        WHERE e.OrderId = ${orderId} AND e.Kind <> 'provider-fee' GROUP BY p.Account`),

    linesOf: (cause) =>
      LINE.read(db, Prisma.sql`FROM LedgerEntries e JOIN LedgerPostings p ON p.EntryId = e.Id WHERE e.Cause = ${cause} ORDER BY p.Line`),

    async add({ cause, kind, currency, orderId, isTest, at, lines }) {
      const row = { Cause: cause, Kind: kind, Currency: currency, OrderId: orderId, IsTest: isTest, Lines: lines.length, At: at };
      const entryId = await insertReturningId(db, 'LedgerEntries', row).catch((error: unknown) => {
        throw isUniqueViolation(error) ? new Raced() : error;
      });
      const rows = lines.map(
        ({ account, sellerId, amountMinor }, i) =>
          Prisma.sql`(${entryId}, ${i + 1}, ${account}, ${sellerId}, ${currency}, ${amountMinor}, ${at})`,
      );
      // One statement for all: a trigger of SQL Server adds up what it inserts.
      await db.write(
        Prisma.sql`INSERT INTO LedgerPostings (EntryId, Line, Account, SellerId, Currency, AmountMinor, At) VALUES ${Prisma.join(rows)}`,
      );
    },

    async shiftBalances(currency, lines) {
      for (const { account, sellerId, amountMinor } of byBalance(lines)) {
        const key = { SellerId: sellerId ?? NO_SELLER, Currency: currency, Account: account };
        await updateOrInsert(
          () =>
            db.write(Prisma.sql`
              UPDATE LedgerBalances SET BalanceMinor = BalanceMinor + ${amountMinor}
              WHERE SellerId = ${key.SellerId} AND Currency = ${currency} AND Account = ${account}`),
          () => insert(db, 'LedgerBalances', { ...key, BalanceMinor: amountMinor }),
        );
      }
    },
  };
}

const orderedLimit = (db: Queryable) => Prisma.sql`ORDER BY e.Id ${limit(db.engine, 1)}`;

/** The sum of the lines of each balance, in the order of the keys; balances that stay as they are left out. */
function byBalance(lines: readonly PostingLine[]): PostingLine[] {
  const moves = new Map<string, PostingLine>();
  for (const line of lines) {
    const key = `${String(line.sellerId ?? NO_SELLER).padStart(12, '0')} ${line.account}`;
    moves.set(key, { ...line, amountMinor: (moves.get(key)?.amountMinor ?? 0n) + line.amountMinor });
  }
  return [...moves]
    .filter(([, { amountMinor }]) => amountMinor !== 0n)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, line]) => line);
}
