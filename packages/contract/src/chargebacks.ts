import { z } from 'zod';
import { CHARGEBACK_STATUSES } from './choices.ts';
import { Cursor, pageSize, Timestamp } from './common.ts';

/** A dispute about a payment at the buyer's bank, as both sides of the order see it. */
export const ChargebackView = z
  .object({
    id: z.int(),
    orderId: z.int(),
    amount: z.string().describe('What of the order the buyer disputes.'),
    currency: z.string(),
    status: z
      .enum(CHARGEBACK_STATUSES)
      .describe('Inquiry: the bank asks, and no money moves. Open: the bank has not decided. Closed: an inquiry that ended without one.'),
    reason: z.string().describe('The bank’s, in the provider’s words.'),
    withdrawn: z.boolean().describe('The bank has taken the money, and not given it back.'),
    evidenceDueAt: Timestamp.nullable().describe('Until when the provider takes evidence.'),
    openedAt: Timestamp,
    closedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Chargeback' });
export type ChargebackView = z.infer<typeof ChargebackView>;

/** The same with what admins need to answer it at the provider. */
export const ChargebackSummary = ChargebackView.extend({
  title: z.string(),
  sellerId: z.int(),
  sellerName: z.string(),
  buyerId: z.int(),
  buyerName: z.string(),
  provider: z.string(),
  reference: z.string().describe('The provider’s id of the dispute.'),
  fee: z.string().nullable().describe('What the provider charges for it; null where it charges nothing.'),
  feeCurrency: z.string().nullable(),
});
export type ChargebackSummary = z.infer<typeof ChargebackSummary>;

export const ListChargebacksQuery = z.object({
  ended: z.boolean().default(false).describe('Those that the bank has decided, newest first. Without it, the others, oldest first.'),
  limit: pageSize(20, 100),
  cursor: Cursor.optional(),
});
export type ListChargebacksQuery = z.infer<typeof ListChargebacksQuery>;

export const ChargebackPage = z
  .object({ items: z.array(ChargebackSummary), nextCursor: z.string().nullable() })
  .meta({ id: 'ChargebackPage' });
export type ChargebackPage = z.infer<typeof ChargebackPage>;
