import { z } from 'zod';

/** What a verification of the ledger compares. */
export const LEDGER_CHECKS = [
  'entry-sum',
  'balance',
  'floor',
  'missing-payment',
  'payment-amount',
  'unexplained-payment',
  'refund-amount',
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
