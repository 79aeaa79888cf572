import { z } from 'zod';
import { Id, Timestamp } from './common.ts';

/**
 * How what the payment provider has differs from what the marketplace has. Missing here: the provider alone has it. Ledger: the row is right,
 * and its entry is not.
 */
export const RECONCILIATION_CHECKS = ['missing-here', 'missing-there', 'other-amount', 'other-state', 'other-currency', 'ledger'] as const;
export type ReconciliationCheck = (typeof RECONCILIATION_CHECKS)[number];
export const RECONCILED_KINDS = ['payment', 'refund', 'chargeback'] as const;
export type ReconciledKind = (typeof RECONCILED_KINDS)[number];

/** A payment, refund or chargeback that differs. */
export const ReconciliationDifference = z.object({
  check: z.enum(RECONCILIATION_CHECKS),
  kind: z.enum(RECONCILED_KINDS),
  reference: z.string().describe('The provider’s id.'),
  orderId: z.int().nullable(),
  sellerId: z.int().nullable().describe('Whose payouts are on hold for it; null where no order of ours has it.'),
  here: z.string().describe('What the marketplace has.'),
  there: z.string().describe('What the provider has.'),
});
export type ReconciliationDifference = z.infer<typeof ReconciliationDifference>;

export const ReconciliationView = z.object({
  reconciledTo: Timestamp.nullable().describe('Until when everything was compared; null before the first time.'),
  differences: z
    .array(ReconciliationDifference.extend({ id: Id, provider: z.string(), foundAt: Timestamp, seenAt: Timestamp }))
    .describe('The oldest 100 that no admin has resolved.'),
});
export type ReconciliationView = z.infer<typeof ReconciliationView>;

export const ResolveDifferenceInput = z
  .object({ id: Id, reason: z.string().trim().min(3, 'Say what was done about it.').max(300, 'At most 300 characters.') })
  .meta({ id: 'ResolveDifferenceInput', example: { id: 1, reason: 'Refunded here, too.' } });
export type ResolveDifferenceInput = z.infer<typeof ResolveDifferenceInput>;
