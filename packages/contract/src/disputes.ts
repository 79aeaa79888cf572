import { z } from 'zod';
import {
  DISPUTE_ACTIONS,
  DISPUTE_FILES_MAX,
  DISPUTE_MOVES,
  DISPUTE_OUTCOMES,
  DISPUTE_REASONS,
  DISPUTE_STATUSES,
  DISPUTE_TEXT_MAX,
  ORDER_ACTORS,
} from './choices.ts';
import { Cursor, Id, pageSize, Timestamp } from './common.ts';
import { PriceText } from './money.ts';
import { DOCUMENT_TYPES } from './onboarding-choices.ts';
import { text } from './text.ts';

export const DisputeReason = z.enum(DISPUTE_REASONS, { error: 'Choose a reason.' });
export type DisputeReason = z.infer<typeof DisputeReason>;
export const DisputeStatus = z.enum(DISPUTE_STATUSES);
export type DisputeStatus = z.infer<typeof DisputeStatus>;
export const DisputeMove = z.enum(DISPUTE_MOVES);
export type DisputeMove = z.infer<typeof DisputeMove>;
export const DisputeAction = z.enum(DISPUTE_ACTIONS);
export type DisputeAction = z.infer<typeof DisputeAction>;
export const DisputeOutcome = z.enum(DISPUTE_OUTCOMES, { error: 'Choose how much is refunded.' });
export type DisputeOutcome = z.infer<typeof DisputeOutcome>;

const amount = PriceText.optional().describe('In the currency of the order.');

export const OpenDisputeInput = z
  .object({
    reason: DisputeReason,
    text: text({ name: 'What happened', min: 10, max: DISPUTE_TEXT_MAX, multiline: true }).describe('The seller and admins read it.'),
  })
  .meta({ id: 'OpenDisputeInput', example: { reason: 'damaged', text: 'The bowl arrived with a crack.' } });
export type OpenDisputeInput = z.infer<typeof OpenDisputeInput>;

/** What a step says beside its name: an offer names an amount; who contests or appeals says why. */
export const DisputeMoveDetail = z
  .object({
    amount,
    text: text({ name: 'The text', max: DISPUTE_TEXT_MAX, multiline: true }).optional().describe('Both sides and admins read it.'),
  })
  .meta({ id: 'DisputeMoveDetail', example: { amount: '5.00', text: 'Keep it, and get a part of the price back.' } });
export type DisputeMoveDetail = z.infer<typeof DisputeMoveDetail>;

export const DecideDisputeInput = z
  .object({
    outcome: DisputeOutcome,
    amount: amount.describe('Of a refund in part, in the currency of the order.'),
    statement: text({ name: 'The reason', min: 10, max: DISPUTE_TEXT_MAX, multiline: true }).describe('Both sides read it.'),
  })
  .meta({
    id: 'DecideDisputeInput',
    example: { outcome: 'part', amount: '5.00', statement: 'The pictures show that the bowl has a crack.' },
  });
export type DecideDisputeInput = z.infer<typeof DecideDisputeInput>;

export const DisputeFileView = z.object({
  id: z.int(),
  by: z.enum(ORDER_ACTORS),
  type: z.enum(DOCUMENT_TYPES),
  bytes: z.int(),
  createdAt: Timestamp,
});
export type DisputeFileView = z.infer<typeof DisputeFileView>;

export const DisputeEventView = z.object({
  action: DisputeAction,
  by: z.enum(ORDER_ACTORS).describe('system: a deadline passed. platform: an admin.'),
  text: z.string().nullable(),
  amount: z.string().nullable().describe('Of an offer, or of a refund in part.'),
  outcome: DisputeOutcome.nullable().describe('What was decided or agreed.'),
  at: Timestamp,
});
export type DisputeEventView = z.infer<typeof DisputeEventView>;

const summary = {
  id: z.int(),
  orderId: z.int(),
  title: z.string(),
  buyerId: z.int(),
  buyerName: z.string(),
  sellerId: z.int(),
  sellerName: z.string(),
  total: z.string().describe('What the buyer paid.'),
  currency: z.string(),
  reason: DisputeReason,
  status: DisputeStatus,
  outcome: DisputeOutcome.nullable().describe('As it was decided or agreed; null before.'),
  dueAt: Timestamp.nullable().describe('When the time for the next step is over; null where it is closed.'),
  createdAt: Timestamp,
  closedAt: Timestamp.nullable(),
};

export const DisputeSummary = z.object(summary);
export type DisputeSummary = z.infer<typeof DisputeSummary>;

export const DisputeView = z
  .object({
    ...summary,
    offer: z.string().nullable().describe('What the seller offers to refund; null where they offer nothing.'),
    amount: z.string().nullable().describe('What was decided or agreed to be refunded; null before.'),
    refundable: z.string().describe('What can be refunded at most.'),
    paused: z.boolean().describe('It waits for the buyer’s bank, which decides about the payment.'),
    /** What the caller may do with it now. */
    moves: z.array(DisputeMove),
    mayDecide: z.boolean().describe('The caller is an admin who may decide now.'),
    conflict: z.enum(['OWN_CASE', 'OWN_DECISION']).nullable().describe('Why another admin has to decide.'),
    mayAddFiles: z.boolean(),
    maxBytes: z.int().describe('The largest file that is taken.'),
    events: z.array(DisputeEventView),
    files: z.array(DisputeFileView).describe(`Evidence: up to ${DISPUTE_FILES_MAX} files of each side.`),
  })
  .meta({ id: 'Dispute' });
export type DisputeView = z.infer<typeof DisputeView>;

export const ListDisputesQuery = z.object({
  status: DisputeStatus.optional().describe('Only disputes in that state. Without it, those that wait for an admin.'),
  limit: pageSize(20, 100),
  cursor: Cursor.optional(),
});
export type ListDisputesQuery = z.infer<typeof ListDisputesQuery>;

export const DisputePage = z.object({ items: z.array(DisputeSummary), nextCursor: z.string().nullable() }).meta({ id: 'DisputePage' });
export type DisputePage = z.infer<typeof DisputePage>;

/** For forms without scripts: the upload leads back to the page of the order. */
export const UploadEvidenceQuery = z.object({ orderId: Id, next: z.literal('order', { error: 'A page of ours to go on to.' }).optional() });
export type UploadEvidenceQuery = z.infer<typeof UploadEvidenceQuery>;
