import { z } from 'zod';
import { LEDGER_ACCOUNTS, LEDGER_KINDS } from './choices.ts';
import { Cursor, Id, pageSize, Timestamp } from './common.ts';
import { Currency } from './money.ts';
import { Pending } from './payouts.ts';
import { text } from './text.ts';

/** What a verification of the ledger compares. */
export const LEDGER_CHECKS = [
  'entry-sum',
  'balance',
  'floor',
  'missing-payment',
  'payment-amount',
  'unexplained-payment',
  'refund-amount',
  'chargeback-amount',
  'unreleased',
] as const;

/** Something in the ledger that is not as the postings or the payments say. Amounts are decimal text in the currency. */
export const LedgerDifference = z.object({
  check: z.enum(LEDGER_CHECKS),
  /** The cause of the entry, the balance or the order that it is about. */
  subject: z.string(),
  sellerId: z.int().nullable(),
  orderId: z.int().nullable(),
  currency: z.string(),
  expected: z.string(),
  found: z.string(),
});
export type LedgerDifference = z.infer<typeof LedgerDifference>;

const Amount = z.string().describe('Decimal text in the currency.');

/** What an account has of a currency, over all sellers: a debit or a credit. */
const TrialBalanceLine = z.object({ account: z.enum(LEDGER_ACCOUNTS), debit: Amount.nullable(), credit: Amount.nullable() });
export const TrialBalance = z.object({
  at: Timestamp,
  currencies: z.array(
    z.object({
      currency: z.string(),
      lines: z.array(TrialBalanceLine),
      /** Both are the same where the ledger is right. */
      debit: Amount,
      credit: Amount,
    }),
  ),
  /** The last verification; null before the first. */
  verified: z.object({ at: Timestamp, entries: z.int(), payments: z.int(), differences: z.int() }).nullable(),
  findings: z.array(LedgerDifference),
});
export type TrialBalance = z.infer<typeof TrialBalance>;

/** Which entries are looked for: those of all the given. */
export const LedgerFilter = z.object({
  orderId: Id.optional(),
  sellerId: Id.optional(),
  /** Begins with: "payment:12". */
  cause: text({ name: 'A cause', max: 80 }).optional(),
});
export type LedgerFilter = z.infer<typeof LedgerFilter>;
export const LedgerQuery = LedgerFilter.extend({ limit: pageSize(25, 100), cursor: Cursor.optional() });
export type LedgerQuery = z.infer<typeof LedgerQuery>;

export const LedgerEntryView = z.object({
  id: z.int(),
  cause: z.string(),
  kind: z.enum(LEDGER_KINDS),
  currency: z.string(),
  orderId: z.int().nullable(),
  isTest: z.boolean().describe('The test provider moved no money.'),
  at: Timestamp,
  postings: z.array(TrialBalanceLine.extend({ sellerId: z.int().nullable() })),
});
export type LedgerEntryView = z.infer<typeof LedgerEntryView>;
export const LedgerPage = z.object({ items: z.array(LedgerEntryView), nextCursor: z.string().nullable() });
export type LedgerPage = z.infer<typeof LedgerPage>;

/** What a seller has in a currency. */
export const SellerBalance = z.object({
  currency: z.string(),
  held: Amount.describe('Of orders that are not completed yet.'),
  available: Amount.describe('What can be paid out now.'),
  ...Pending,
  debt: Amount.describe('What the seller owes after refunds.'),
  inTransit: Amount.describe('On its way to the bank.'),
  reserve: Amount.describe('Kept back.'),
});
export type SellerBalance = z.infer<typeof SellerBalance>;

/** An order whose payment is released soon. */
export const NextRelease = z.object({
  orderId: z.int(),
  title: z.string(),
  currency: z.string(),
  held: Amount.describe('What is held of it.'),
  at: Timestamp.describe('When it is released at the latest.'),
});
export type NextRelease = z.infer<typeof NextRelease>;

export const StatementQuery = z.object({ currency: Currency, limit: pageSize(25, 100), cursor: Cursor.optional() });
export type StatementQuery = z.infer<typeof StatementQuery>;
/** How an entry changed a seller's money. Amounts have a sign. */
export const StatementLine = z.object({
  id: z.int(),
  at: Timestamp,
  kind: z.enum(LEDGER_KINDS),
  orderId: z.int().nullable(),
  isTest: z.boolean().describe('The test provider moved no money.'),
  currency: z.string(),
  held: Amount.describe('Change of what is held.'),
  balance: Amount.describe('Change of what can be paid out, less what is owed.'),
  commission: Amount.describe('What the marketplace took, or gave back.'),
  vat: Amount.describe('VAT on the commission.'),
});
export type StatementLine = z.infer<typeof StatementLine>;
export const StatementPage = z.object({ items: z.array(StatementLine), nextCursor: z.string().nullable() });
export type StatementPage = z.infer<typeof StatementPage>;
