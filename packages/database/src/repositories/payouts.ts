import type { PayoutStatus } from '@assay/contract';
import type { PayoutSettingsRow, PayoutsRepository, SellerMoney } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { insert, insertReturningId } from '../engine/insert.ts';
import { orderBy, where } from '../engine/keyset.ts';
import { bool, columns, computed, COUNT, countRows } from '../engine/rows.ts';
import { claimPostings, pendingOf } from './payout-postings.ts';

const SETTINGS = columns(
  { s: 'PayoutSettings' },
  { schedule: 's.Schedule', nextAt: 's.NextAt', heldReason: 's.HeldReason', heldAt: 's.HeldAt', returnedAt: 's.ReturnedAt' },
);
const DUE = columns({ s: 'PayoutSettings' }, { sellerId: 's.SellerId', nextAt: 's.NextAt' });

/** A payout with the name of its seller: `FROM Payouts p JOIN Users u`. */
export const PAYOUT = columns(
  { p: 'Payouts', u: 'Users' },
  {
    id: 'p.Id',
    sellerId: 'p.SellerId',
    sellerName: 'u.FullName',
    currency: 'p.Currency',
    amountMinor: 'p.AmountMinor',
    status: 'p.Status',
    method: 'p.Method',
    reference: 'p.Reference',
    masked: 'p.Masked',
    isTest: 'p.IsTest',
    fileId: 'p.FileId',
    reason: 'p.Reason',
    createdAt: 'p.CreatedAt',
    sentAt: 'p.SentAt',
    settledAt: 'p.SettledAt',
  },
);
export const PAYOUTS = Prisma.sql`FROM Payouts p JOIN Users u ON u.Id = p.SellerId`;

const CHECKED = columns({ p: 'Payouts' }, { id: 'p.Id' });
const STATUS_COUNT = columns({ p: 'Payouts' }, { status: 'p.Status', count: COUNT });
const BALANCE = columns({ b: 'LedgerBalances' }, { currency: 'b.Currency', account: 'b.Account', balance: 'b.BalanceMinor' });
const SELLER = columns({ u: 'Users' }, { sellerId: 'u.Id', sellerName: 'u.FullName' });

/** Where a seller's money is that is not on its way. */
const OWN_ACCOUNTS = Prisma.sql`('seller_balance', 'reserve', 'seller_debt')`;

const creditOf = (account: string) => {
  const sum = Prisma.sql`SUM(CASE WHEN p.Account = ${Prisma.raw(`'${account}'`)} THEN -p.AmountMinor ELSE 0 END)`;
  return computed<string>(Prisma.sql`CAST(${sum} AS VARCHAR(20))`);
};
const LINE = columns(
  { e: 'LedgerEntries', p: 'LedgerPostings' },
  {
    entryId: 'e.Id',
    kind: 'e.Kind',
    orderId: 'e.OrderId',
    at: 'e.At',
    amount: creditOf('seller_balance'),
    commission: creditOf('commission'),
    vat: creditOf('commission_vat'),
    debt: creditOf('seller_debt'),
  },
  ({ amount, commission, vat, debt, ...entry }) => ({
    ...entry,
    amount: BigInt(amount),
    commission: BigInt(commission),
    vat: BigInt(vat),
    debt: BigInt(debt),
  }),
);
const CLAIMED = columns(
  { p: 'LedgerPostings', e: 'LedgerEntries' },
  {
    amount: computed<string>(Prisma.sql`CAST(COALESCE(SUM(-p.AmountMinor), 0) AS VARCHAR(20))`),
    isTest: bool(Prisma.sql`MAX(CASE WHEN e.IsTest = 1 THEN 1 ELSE 0 END) = 1`),
  },
  ({ amount, isTest }) => ({ amount: BigInt(amount), isTest }),
);

/** When a payout got its last state. */
const momentOf = (to: PayoutStatus, at: Date) => {
  if (to === 'sent') return { sentAt: at };
  return to === 'pending' || to === 'unresolved' ? {} : { settledAt: at };
};

export function payoutsRepository(db: Queryable): PayoutsRepository {
  const { prisma } = db;
  const change = (sellerId: number, data: Partial<PayoutSettingsRow>, at: Date) =>
    prisma.payoutSettings.updateMany({ where: { sellerId }, data: { ...data, updatedAt: at } });
  return {
    settings: (sellerId) => SETTINGS.first(db, Prisma.sql`FROM PayoutSettings s WHERE s.SellerId = ${sellerId}`),

    addMissingSettings: ({ schedule, nextAt }, rows, at) =>
      db.write(Prisma.sql`
        INSERT INTO PayoutSettings (SellerId, Schedule, NextAt, UpdatedAt)
        SELECT u.Id, ${schedule}, ${nextAt}, ${at} FROM Users u WHERE u.Id IN (
          SELECT b.SellerId FROM LedgerBalances b
          WHERE b.SellerId > 0 AND b.Account = 'seller_balance'
            AND NOT EXISTS (SELECT 1 FROM PayoutSettings s WHERE s.SellerId = b.SellerId)
          GROUP BY b.SellerId ORDER BY b.SellerId ${limit(db.engine, rows)})`),

    async ensureSettings(sellerId, { schedule, nextAt }, at) {
      if ((await prisma.payoutSettings.count({ where: { sellerId } })) > 0) return;
      await insertUnlessThere(() =>
        insert(db, 'PayoutSettings', { SellerId: sellerId, Schedule: schedule, NextAt: nextAt, UpdatedAt: at }),
      );
    },

    async setSchedule(sellerId, { schedule, nextAt }, at) {
      await change(sellerId, { schedule, nextAt }, at);
    },

    async hold(sellerId, reason, at) {
      const isOther = reason === null ? { heldReason: { not: null } } : { OR: [{ heldReason: null }, { heldReason: { not: reason } }] };
      const data = { heldReason: reason, heldAt: reason === null ? null : at, updatedAt: at };
      return (await prisma.payoutSettings.updateMany({ where: { sellerId, ...isOther }, data })).count === 1;
    },

    async markReturned(sellerId, at) {
      await change(sellerId, { returnedAt: at }, at);
    },

    due: (at, rows) =>
      DUE.read(db, Prisma.sql`FROM PayoutSettings s WHERE s.NextAt <= ${at} ORDER BY s.NextAt, s.SellerId ${limit(db.engine, rows)}`),

    async advance(sellerId, from, to, at) {
      return (
        (await prisma.payoutSettings.updateMany({ where: { sellerId, nextAt: from }, data: { nextAt: to, updatedAt: at } })).count === 1
      );
    },

    async moneyOf(sellerId) {
      const rows = await BALANCE.read(
        db,
        Prisma.sql`FROM LedgerBalances b WHERE b.SellerId = ${sellerId} AND b.Account IN ${OWN_ACCOUNTS} ORDER BY b.Currency`,
      );
      const money = new Map<string, SellerMoney>();
      for (const { currency, account, balance } of rows) {
        const sum = money.get(currency) ?? { currency, balance: 0n, reserved: 0n, debt: 0n };
        if (account === 'seller_balance') sum.balance = -balance;
        else if (account === 'reserve') sum.reserved = -balance;
        else sum.debt = balance;
        money.set(currency, sum);
      }
      return [...money.values()];
    },

    pendingOf: (sellerId, after) => pendingOf(db, sellerId, after),

    sellersWithMoney: (after, rows) =>
      SELLER.read(
        db,
        Prisma.sql`FROM LedgerBalances b JOIN Users u ON u.Id = b.SellerId
          WHERE b.SellerId > ${after} AND b.Account IN ${OWN_ACCOUNTS} AND b.BalanceMinor <> 0
          GROUP BY u.Id, u.FullName ORDER BY u.Id ${limit(db.engine, rows)}`,
      ),

    hasUnresolved: async (sellerId) =>
      (await countRows(
        db,
        Prisma.sql`FROM Users u WHERE u.Id = ${sellerId} AND (
          EXISTS (SELECT 1 FROM Payouts p WHERE p.Status = 'unresolved' AND p.SellerId = u.Id)
          OR EXISTS (SELECT 1 FROM Payments m JOIN Orders o ON o.Id = m.OrderId WHERE m.Status = 'unresolved' AND o.SellerId = u.Id)
          OR EXISTS (SELECT 1 FROM Refunds r JOIN Orders o ON o.Id = r.OrderId WHERE r.Status = 'unresolved' AND o.SellerId = u.Id))`,
      )) > 0,

    create: ({ sellerId, currency, amountMinor, method, reference, masked }, at) =>
      insertReturningId(db, 'Payouts', {
        SellerId: sellerId,
        Currency: currency,
        AmountMinor: amountMinor,
        Status: 'pending',
        Method: method,
        Reference: reference,
        Masked: masked,
        CreatedAt: at,
      }),

    async claimLines(payoutId, payout, from, pendingAfter) {
      await claimPostings(db, payoutId, payout, from, pendingAfter);
      const claimed = await CLAIMED.first(
        db,
        Prisma.sql`FROM PayoutLines l
          JOIN LedgerPostings p ON p.EntryId = l.EntryId AND p.Line = l.Line
          JOIN LedgerEntries e ON e.Id = l.EntryId
          WHERE l.PayoutId = ${payoutId}`,
      );
      return claimed!;
    },

    async markTest(id) {
      await prisma.payout.updateMany({ where: { id }, data: { isTest: true } });
      await prisma.payout.updateMany({ where: { id, method: 'stripe' }, data: { method: 'manual' } });
    },

    async markChecked(id, at) {
      await prisma.payout.updateMany({ where: { id }, data: { checkedAt: at } });
    },

    async toCheck({ checkedBefore, paidSince }, rows) {
      const found = await CHECKED.read(
        db,
        Prisma.sql`FROM Payouts p WHERE p.Method = 'stripe' AND (p.CheckedAt IS NULL OR p.CheckedAt < ${checkedBefore})
            AND (p.Status = 'sent' OR (p.Status = 'paid' AND p.SettledAt > ${paidSince}))
          ORDER BY p.CheckedAt, p.Id ${limit(db.engine, rows)}`,
      );
      return found.map(({ id }) => id);
    },

    find: (id) => PAYOUT.first(db, Prisma.sql`${PAYOUTS} WHERE p.Id = ${id}`),

    findByReferences: async (references) =>
      references.length === 0 ? [] : PAYOUT.read(db, Prisma.sql`${PAYOUTS} WHERE p.Reference IN (${Prisma.join(references)})`),

    list({ sellerId, status, before, limit: rows }) {
      const conditions = where([
        sellerId !== undefined && Prisma.sql`p.SellerId = ${sellerId}`,
        status !== undefined && Prisma.sql`p.Status = ${status}`,
        before !== undefined && Prisma.sql`p.Id < ${before}`,
      ]);
      const newestFirst = orderBy([{ column: Prisma.sql`p.Id`, descending: true }]);
      return PAYOUT.read(db, Prisma.sql`${PAYOUTS} ${conditions} ${newestFirst} ${limit(db.engine, rows)}`);
    },

    lines: ({ id, sellerId }, after, rows) =>
      LINE.read(
        db,
        Prisma.sql`FROM LedgerEntries e JOIN LedgerPostings p ON p.EntryId = e.Id AND p.SellerId = ${sellerId}
          WHERE e.Id > ${after} AND e.Id IN (SELECT l.EntryId FROM PayoutLines l WHERE l.PayoutId = ${id})
          GROUP BY e.Id, e.Kind, e.OrderId, e.At ORDER BY e.Id ${limit(db.engine, rows)}`,
      ),

    async transition({ id, status }, to, reason, at) {
      const data = { status: to, reason, ...momentOf(to, at) };
      return (await prisma.payout.updateMany({ where: { id, status }, data })).count === 1;
    },

    async countByStatus() {
      const rows = await STATUS_COUNT.read(db, Prisma.sql`FROM Payouts p GROUP BY p.Status`);
      return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
    },
  };
}
