import { z } from 'zod';
import { GIVEN_REFUND_REASONS, PAYMENT_STEPS, REFUND_REASONS, REFUND_STATUSES } from './choices.ts';
import { Id, Timestamp } from './common.ts';
import { PriceText } from './money.ts';
import { text } from './text.ts';

/** One refund of an order, as its buyer and its seller see it. */
export const RefundView = z
  .object({
    id: z.int(),
    orderId: z.int(),
    amount: z.string(),
    currency: z.string(),
    reason: z.enum(REFUND_REASONS),
    status: z
      .enum(REFUND_STATUSES)
      .describe('Pending: the provider has not answered yet. Unresolved: it was asked, and what it did is being found out.'),
    failure: z.string().nullable().describe('Why the provider refused it; for the seller and admins.'),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'Refund' });
export type RefundView = z.infer<typeof RefundView>;

export const RefundOrderInput = z
  .object({
    amount: PriceText.optional().describe('In the currency of the order. Without it, all that is left is refunded.'),
    reason: z.enum(GIVEN_REFUND_REASONS, { error: 'Choose a reason.' }),
    auditNote: text({ name: 'The note', min: 3, max: 300 })
      .optional()
      .describe('Why an admin refunds it, for the audit log. Admins need it; of a seller it is ignored.'),
  })
  .meta({ id: 'RefundOrderInput', example: { amount: '5.00', reason: 'damaged' } });
export type RefundOrderInput = z.infer<typeof RefundOrderInput>;

/** What a buyer's browser needs to make a payment on the provider's form. */
export const PaymentFormView = z
  .object({
    orderId: z.int(),
    orderIds: z.array(z.int()).describe('The orders that it pays: this one, and others of its checkout perhaps.'),
    groupId: z.int().nullable().describe('Of their checkout; null for an order of an older release.'),
    provider: z.string(),
    amount: z.string().describe('Of all of them.'),
    currency: z.string(),
    publishableKey: z.string().describe('For the provider’s script.'),
    clientSecret: z.string().describe('Lets a browser make this one payment. Show it to its buyer alone, and do not keep it.'),
    step: z
      .enum(PAYMENT_STEPS)
      .describe('Details: the buyer has not entered how to pay. Confirmation: the bank asks the buyer. Processing: the bank works on it.'),
    failure: z.string().nullable().describe('Why the last try failed. Another one may follow.'),
  })
  .meta({ id: 'PaymentForm' });
export type PaymentFormView = z.infer<typeof PaymentFormView>;

export const PROVIDER_CALLS = ['payment', 'refund'] as const;

/** A payment or refund whose provider was asked, and what it did is not known. */
export const UnresolvedView = z.object({
  kind: z.enum(PROVIDER_CALLS),
  id: z.int().describe('Of the refund; of the first order that it pays, where it is a payment.'),
  orderId: z.int().describe('The first of them.'),
  orderIds: z.array(z.int()),
  amount: z.string(),
  currency: z.string(),
  provider: z.string(),
  reference: z.string().describe('The payment’s at the provider; empty where it is not known.'),
  key: z.string().describe('The idempotency key. The provider has it in the metadata `assay_key`.'),
  failure: z.string().nullable().describe('What happened instead of an answer.'),
  since: Timestamp.describe('When the provider was asked first.'),
});
export type UnresolvedView = z.infer<typeof UnresolvedView>;

const ofCall = z.object({ kind: z.enum(PROVIDER_CALLS), id: Id });
export const LookUpInput = ofCall;
export type LookUpInput = z.infer<typeof LookUpInput>;

export const LookUpView = z.object({
  outcome: z
    .enum(['done', 'refused', 'waiting', 'not-found', 'sent-again'])
    .describe('Not found: the provider does not know it yet, and it stays unresolved. Sent again: it never got the refund.'),
});
export type LookUpView = z.infer<typeof LookUpView>;

/** What an admin found out about a payment or refund, at the provider for instance. */
export const SettleByHandInput = ofCall.extend({
  done: z.boolean().describe('True: the money moved.'),
  reference: z
    .string()
    .trim()
    .max(64)
    .default('')
    .describe('Of the payment or refund at the provider. A payment that was captured needs it.'),
  reason: z.string().trim().min(3, 'Say how you know.').max(300, 'At most 300 characters.'),
});
export type SettleByHandInput = z.infer<typeof SettleByHandInput>;

/** What the payment provider said, and nothing here knows how to act on. */
export const ParkedEventView = z.object({
  id: Id,
  provider: z.string(),
  type: z.string().describe('The provider’s name for what happened.'),
  reference: z.string().describe('The provider’s id of what it happened to.'),
  reason: z.string(),
  createdAt: Timestamp.describe('By the provider’s clock.'),
});
export type ParkedEventView = z.infer<typeof ParkedEventView>;
