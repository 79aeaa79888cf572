import { CURRENCIES, formatPriceE8, LedgerDifference, type LedgerAccount, type PaymentStatus } from '@assay/contract';
import {
  CREDIT_ACCOUNTS,
  DEBIT_ACCOUNTS,
  shownMinor,
  type CheckedIds,
  type FoundDifference,
  type IdRange,
  type LedgerChecks,
} from '@assay/core';
import { z } from 'zod';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insert } from '../engine/insert.ts';
import { columns, json } from '../engine/rows.ts';

const ID_MAX = 2_147_483_647;

const VERIFICATION = columns(
  { v: 'LedgerVerifications' },
  {
    startedAt: 'v.StartedAt',
    finishedAt: 'v.FinishedAt',
    entries: 'v.Entries',
    payments: 'v.Payments',
    posted: 'v.Posted',
    differences: 'v.Differences',
    findings: json('v.Findings', z.array(LedgerDifference)),
  },
);

/** Where the ids of a check are. */
const IDS: Record<CheckedIds, Prisma.Sql> = {
  entries: Prisma.sql`SELECT t.Id FROM LedgerEntries t WHERE t.Id`,
  sellers: Prisma.sql`SELECT DISTINCT t.SellerId AS Id FROM LedgerBalances t WHERE t.SellerId`,
  payments: Prisma.sql`SELECT t.OrderId AS Id FROM Payments t WHERE t.OrderId`,
};

export function ledgerChecks(db: Queryable): LedgerChecks {
  return {
    async nextRange(of, after, size) {
      if (after >= ID_MAX) return null;
      const [row] = await db.read<{ upTo: number | null; n: number }>(Prisma.sql`
        SELECT MAX(x.Id) AS upTo, CAST(COUNT(*) AS INT) AS n
        FROM (${IDS[of]} > ${after} ORDER BY Id ${limit(db.engine, size)}) x`);
      const rows = row?.n ?? 0;
      // The last range has no end: postings of a seller without balances, and entries of an order without a payment, are in it.
      return { after, upTo: rows < size ? ID_MAX : row!.upTo!, rows };
    },

    async differences(of, range) {
      if (of === 'entries') return unbalancedEntries(db, range);
      if (of === 'sellers') return [...(await wrongBalances(db, range)), ...(await belowFloor(db, range))];
      return wrongPayments(db, range);
    },

    keep: ({ findings, startedAt, finishedAt, entries, payments, posted, differences }) =>
      insert(db, 'LedgerVerifications', {
        StartedAt: startedAt,
        FinishedAt: finishedAt,
        Entries: entries,
        Payments: payments,
        Posted: posted,
        Differences: differences,
        Findings: JSON.stringify(findings),
      }),

    last: () => VERIFICATION.first(db, Prisma.sql`FROM LedgerVerifications v ORDER BY v.Id DESC ${limit(db.engine, 1)}`),
  };
}

const within = (column: string, { after, upTo }: IdRange) =>
  Prisma.sql`${Prisma.raw(column)} > ${after} AND ${Prisma.raw(column)} <= ${upTo}`;

async function unbalancedEntries(db: Queryable, range: IdRange): Promise<FoundDifference[]> {
  const rows = await db.read<{
    id: number;
    cause: string;
    orderId: number | null;
    currency: string;
    lines: number;
    n: number;
    total: string;
  }>(
    Prisma.sql`
      SELECT e.Id AS id, e.Cause AS cause, e.OrderId AS orderId, e.Currency AS currency, e.Lines AS lines,
        CAST(COUNT(p.Line) AS INT) AS n, CAST(COALESCE(SUM(p.AmountMinor), 0) AS VARCHAR(20)) AS total
      FROM LedgerEntries e LEFT JOIN LedgerPostings p ON p.EntryId = e.Id AND p.Currency = e.Currency
      WHERE ${within('e.Id', range)}
      GROUP BY e.Id, e.Cause, e.OrderId, e.Currency, e.Lines
      HAVING COUNT(p.Line) <> e.Lines OR SUM(p.AmountMinor) <> 0 ORDER BY e.Id`,
  );
  return rows.map(({ id, cause, orderId, currency, lines, n, total }) => ({
    id,
    check: 'entry-sum',
    subject: cause,
    sellerId: null,
    orderId,
    currency,
    expected: `0 of ${lines} postings`,
    found: `${shownMinor(BigInt(total), currency)} of ${n} postings`,
  }));
}

interface BalanceRow {
  id: number;
  currency: string;
  account: LedgerAccount;
  stored: string;
  counted: string;
}

const ofBalance = ({ id, currency, account }: BalanceRow) => {
  const sellerId = id === 0 ? null : id;
  return { id, subject: `${account} of ${sellerId === null ? 'no seller' : `seller ${id}`}`, sellerId, orderId: null, currency };
};

/** Stored balances minus postings, summed, must be zero. SQLite cannot do a full join of the two in reasonable time. */
async function wrongBalances(db: Queryable, range: IdRange): Promise<FoundDifference[]> {
  const ofNoSeller =
    range.after < 0
      ? Prisma.sql`
        UNION ALL SELECT 0, p.Currency, p.Account, 0, SUM(p.AmountMinor) FROM LedgerPostings p WHERE p.SellerId IS NULL GROUP BY p.Currency, p.Account`
      : Prisma.empty;
  const rows = await db.read<BalanceRow>(Prisma.sql`
    SELECT x.SellerId AS id, x.Currency AS currency, x.Account AS account,
      CAST(SUM(x.Stored) AS VARCHAR(20)) AS stored, CAST(SUM(x.Counted) AS VARCHAR(20)) AS counted
    FROM (
      SELECT b.SellerId, b.Currency, b.Account, b.BalanceMinor AS Stored, CAST(0 AS BIGINT) AS Counted
      FROM LedgerBalances b WHERE ${within('b.SellerId', range)}
      UNION ALL
      SELECT p.SellerId, p.Currency, p.Account, 0, SUM(p.AmountMinor)
      FROM LedgerPostings p WHERE ${within('p.SellerId', range)} GROUP BY p.SellerId, p.Currency, p.Account
      ${ofNoSeller}
    ) x
    GROUP BY x.SellerId, x.Currency, x.Account HAVING SUM(x.Stored) <> SUM(x.Counted) ORDER BY x.SellerId`);
  return rows.map((row) => ({
    ...ofBalance(row),
    check: 'balance',
    expected: shownMinor(BigInt(row.counted), row.currency),
    found: shownMinor(BigInt(row.stored), row.currency),
  }));
}

async function belowFloor(db: Queryable, range: IdRange): Promise<FoundDifference[]> {
  const rows = await db.read<BalanceRow>(Prisma.sql`
    SELECT b.SellerId AS id, b.Currency AS currency, b.Account AS account, CAST(b.BalanceMinor AS VARCHAR(20)) AS stored
    FROM LedgerBalances b
    WHERE ${within('b.SellerId', range)}
      AND ((b.Account IN (${Prisma.join(CREDIT_ACCOUNTS)}) AND b.BalanceMinor > 0)
        OR (b.Account IN (${Prisma.join(DEBIT_ACCOUNTS)}) AND b.BalanceMinor < 0))
    ORDER BY b.SellerId`);
  return rows.map((row) => ({
    ...ofBalance(row),
    check: 'floor',
    expected: CREDIT_ACCOUNTS.includes(row.account) ? 'a credit, or zero' : 'a debit, or zero',
    found: shownMinor(BigInt(row.stored), row.currency),
  }));
}

interface OrderRow {
  id: number;
  fault: FoundDifference['check'];
  sellerId: number;
  status: PaymentStatus | null;
  currency: string;
  amountE8: string;
  captured: string;
  refunded: string;
  settled: string;
  held: string;
  chargedBackE8: string;
  chargedBack: string;
  /** Refunds of the payment, in 1/100,000,000; null where there is none. */
  expectedBegun: string | null;
  expectedSettled: string | null;
}

/** How many 1/100,000,000 a minor unit has, in SQL. */
const SCALE = Prisma.raw(
  `CASE ${[0, 3, 6, 8].map((digits) => `WHEN p.Currency IN (${codesWith(digits)}) THEN ${10n ** BigInt(8 - digits)}`).join(' ')} ELSE 1000000 END`,
);
function codesWith(digits: number): string {
  return Object.entries(CURRENCIES)
    .filter(([, of]) => of === digits)
    .map(([code]) => `'${code}'`)
    .join(', ');
}

/** What the ledger has of each order in the range. */
const ofOrders = (range: IdRange) => Prisma.sql`
  SELECT e.OrderId, MAX(e.Currency) AS Currency,
    SUM(CASE WHEN e.Kind = 'payment' AND x.Account = 'clearing' THEN x.AmountMinor ELSE 0 END) AS Captured,
    SUM(CASE WHEN e.Kind IN ('refund', 'refund-failed') AND x.Account = 'refunds' THEN -x.AmountMinor ELSE 0 END) AS Refunded,
    SUM(CASE WHEN e.Kind = 'refund-settled' AND x.Account = 'refunds' THEN x.AmountMinor ELSE 0 END) AS Settled,
    SUM(CASE WHEN e.Kind IN ('chargeback', 'chargeback-won') AND x.Account = 'clearing' THEN -x.AmountMinor ELSE 0 END) AS ChargedBack,
    SUM(CASE WHEN x.Account = 'held' THEN -x.AmountMinor ELSE 0 END) AS Held
  FROM LedgerEntries e JOIN LedgerPostings x ON x.EntryId = e.Id
  WHERE ${within('e.OrderId', range)} GROUP BY e.OrderId`;

/** What the payment says was refunded, and what is or will be; a release before the refunds had rows said so by its status alone. */
const SETTLED = Prisma.sql`(CASE WHEN p.Status = 'refunded' THEN p.AmountE8 ELSE p.RefundedE8 END)`;
const BEGUN = Prisma.sql`(CASE WHEN p.Status IN ('refunding', 'refunded') THEN p.AmountE8 ELSE p.RefundedE8 + p.RefundPendingE8 END)`;

/** What is wrong with the entries of a payment; null where nothing is. Amounts of early releases with more decimals than their currency are rounded. */
const FAULT = Prisma.sql`CASE
  WHEN p.Status IS NULL OR p.Status IN ('pending', 'unresolved', 'failed') THEN CASE WHEN l.Captured <> 0 THEN 'unexplained-payment' END
  WHEN l.Captured IS NULL OR l.Captured = 0 THEN 'missing-payment'
  WHEN l.Currency <> p.Currency OR ABS(p.AmountE8 - l.Captured * ${SCALE}) * 2 > ${SCALE} THEN 'payment-amount'
  WHEN ABS(${SETTLED} - l.Settled * ${SCALE}) >= ${SCALE} OR ABS(${BEGUN} - l.Refunded * ${SCALE}) >= ${SCALE} THEN 'refund-amount'
  WHEN ABS(p.ChargedBackE8 - l.ChargedBack * ${SCALE}) >= ${SCALE} THEN 'chargeback-amount'
  WHEN o.Status = 'completed' AND l.Held <> 0
    AND NOT EXISTS (SELECT 1 FROM Returns r WHERE r.OrderId = o.Id AND r.ClosedAt IS NULL) THEN 'unreleased'
END`;

const asText = (column: string) => Prisma.raw(`CAST(COALESCE(${column}, 0) AS VARCHAR(20))`);

async function wrongPayments(db: Queryable, range: IdRange): Promise<FoundDifference[]> {
  const rows = await db.read<OrderRow>(Prisma.sql`
    SELECT * FROM (
      SELECT o.Id AS id, ${FAULT} AS fault, o.SellerId AS sellerId, p.Status AS status, COALESCE(p.Currency, o.Currency) AS currency,
        ${asText('p.AmountE8')} AS amountE8, ${asText('l.Captured')} AS captured, ${asText('l.Refunded')} AS refunded,
        ${asText('l.Settled')} AS settled, ${asText('l.Held')} AS held,
        ${asText('p.ChargedBackE8')} AS chargedBackE8, ${asText('l.ChargedBack')} AS chargedBack,
        CAST(${BEGUN} AS VARCHAR(20)) AS expectedBegun, CAST(${SETTLED} AS VARCHAR(20)) AS expectedSettled
      FROM Orders o
      LEFT JOIN Payments p ON p.OrderId = o.Id
      LEFT JOIN (${ofOrders(range)}) l ON l.OrderId = o.Id
      WHERE ${within('o.Id', range)}
    ) y WHERE y.fault IS NOT NULL ORDER BY y.id`);
  return rows.map((row) => {
    const { id, fault: check, sellerId, currency } = row;
    const ofE8 = (amountE8: string | null) => formatPriceE8(BigInt(amountE8 ?? 0), currency);
    const of = (minor: string) => shownMinor(BigInt(minor), currency);
    const [expected, found] = {
      'unexplained-payment': [`nothing: the payment is ${row.status ?? 'missing'}`, of(row.captured)],
      'missing-payment': [formatPriceE8(BigInt(row.amountE8), currency), 'nothing'],
      'payment-amount': [formatPriceE8(BigInt(row.amountE8), currency), of(row.captured)],
      'refund-amount': [
        `${ofE8(row.expectedBegun)} begun, ${ofE8(row.expectedSettled)} confirmed`,
        `${of(row.refunded)} begun, ${of(row.settled)} confirmed`,
      ],
      'chargeback-amount': [ofE8(row.chargedBackE8), of(row.chargedBack)],
      unreleased: ['0 held of a completed order', of(row.held)],
    }[check as 'unreleased'] as [string, string];
    return { id, check, subject: `order ${id}`, sellerId, orderId: id, currency, expected, found };
  });
}
