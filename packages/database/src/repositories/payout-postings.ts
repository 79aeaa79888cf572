import type { PayoutRow, PendingMoney } from '@assay/core';
import { Prisma, type Queryable } from '../engine/database.ts';
import { columns, computed, date } from '../engine/rows.ts';

/** Postings of a seller's balance, with their entries. */
const POSTINGS = Prisma.sql`FROM LedgerPostings p JOIN LedgerEntries e ON e.Id = p.EntryId`;
const UNCLAIMED = Prisma.sql`NOT EXISTS (SELECT 1 FROM PayoutLines c WHERE c.EntryId = p.EntryId AND c.Line = p.Line)`;

const PENDING = columns(
  {},
  {
    currency: computed<string>(Prisma.sql`w.Currency`),
    pending: computed<string>(Prisma.sql`CAST(SUM(w.Net) AS VARCHAR(20))`),
    first: date(Prisma.sql`MIN(w.ReleasedAt)`),
    last: date(Prisma.sql`MAX(w.ReleasedAt)`),
  },
  ({ pending, ...row }): PendingMoney => ({ ...row, pending: BigInt(pending) }),
);

/**
 * Orders of which the seller has more since a moment, and was not paid out: IX_LedgerPostings_Recent leads to these postings alone,
 * however many the seller has. Postings of an earlier release have no date, and are not among them.
 */
const recentOrders = (sellerId: number, after: Date, selected: Prisma.Sql) => Prisma.sql`
  SELECT ${selected} ${POSTINGS}
  WHERE p.SellerId = ${sellerId} AND p.Account = 'seller_balance' AND p.At > ${after} AND e.OrderId IS NOT NULL AND ${UNCLAIMED}
  GROUP BY p.Currency, e.OrderId HAVING SUM(p.AmountMinor) < 0`;

/** What a seller has of orders that were released after a moment, by currency. */
export function pendingOf(db: Queryable, sellerId: number, after: Date): Promise<PendingMoney[]> {
  const selected = Prisma.sql`p.Currency AS Currency, -SUM(p.AmountMinor) AS Net, MAX(CASE WHEN p.AmountMinor < 0 THEN p.At END) AS ReleasedAt`;
  return PENDING.read(db, Prisma.sql`FROM (${recentOrders(sellerId, after, selected)}) w GROUP BY w.Currency ORDER BY w.Currency`);
}

/**
 * Claims postings for a payout, and notes from which entry on it has left some. `last` begins where the payout before has left some, or
 * has ended.
 */
export async function claimPostings(
  db: Queryable,
  payoutId: number,
  { sellerId, currency }: Pick<PayoutRow, 'sellerId' | 'currency'>,
  from: 'last' | 'all',
  pendingAfter: Date | null,
): Promise<void> {
  const ofSeller = Prisma.sql`p.SellerId = ${sellerId} AND p.Currency = ${currency} AND p.Account = 'seller_balance'`;
  const last = Prisma.sql`SELECT MAX(q.Id) FROM Payouts q WHERE q.SellerId = ${sellerId} AND q.Currency = ${currency} AND q.Id < ${payoutId}`;
  const since = Prisma.sql`AND p.EntryId >= COALESCE(
    (SELECT o.OpenEntryId FROM Payouts o WHERE o.Id = (${last})),
    (SELECT MAX(l.EntryId) + 1 FROM PayoutLines l WHERE l.PayoutId = (${last})), 0)`;
  const mature =
    pendingAfter === null
      ? Prisma.empty
      : Prisma.sql`AND (p.At IS NULL OR p.At <= ${pendingAfter} OR e.OrderId IS NULL
          OR e.OrderId NOT IN (${recentOrders(sellerId, pendingAfter, Prisma.sql`e.OrderId`)}))`;
  await db.write(Prisma.sql`
    INSERT INTO PayoutLines (EntryId, Line, PayoutId)
    SELECT p.EntryId, p.Line, ${payoutId} ${POSTINGS}
    WHERE ${ofSeller} AND e.Kind <> 'payout' ${from === 'last' ? since : Prisma.empty} ${mature} AND ${UNCLAIMED}`);
  if (pendingAfter === null) return;
  await db.write(Prisma.sql`
    UPDATE Payouts SET OpenEntryId = (SELECT MIN(p.EntryId) ${POSTINGS}
      WHERE ${ofSeller} AND p.At > ${pendingAfter} AND e.Kind <> 'payout' AND ${UNCLAIMED})
    WHERE Id = ${payoutId}`);
}
