import { AppError, type ProviderEvent, type ProviderEventSource } from '@assay/core';
import { Stripe } from 'stripe';
import { disputeOf } from './disputes.ts';
import { objectOf, outcomeOfIntent, outcomeOfRefund, unlessMissing } from './outcomes.ts';

const PAGE = 100;
/** How old a signed event may be. */
const TOLERANCE_S = 300;

/** The events that the product acts on, and what they are about. The webhook endpoint at Stripe is to send these. */
const SUBJECTS: Readonly<Record<string, ProviderEvent['subject']>> = {
  'payment_intent.succeeded': 'payment',
  'payment_intent.payment_failed': 'payment',
  'payment_intent.requires_action': 'payment',
  'payment_intent.processing': 'payment',
  'payment_intent.canceled': 'payment',
  'refund.created': 'refund',
  'refund.updated': 'refund',
  'refund.failed': 'refund',
  'charge.dispute.created': 'dispute',
  'charge.dispute.updated': 'dispute',
  'charge.dispute.funds_withdrawn': 'dispute',
  'charge.dispute.funds_reinstated': 'dispute',
  'charge.dispute.closed': 'dispute',
};

/** Null for an event that the product does not act on. */
function eventOf({ id, type, created, data }: Stripe.Event): ProviderEvent | null {
  const subject = Object.hasOwn(SUBJECTS, type) ? SUBJECTS[type] : undefined;
  const { id: reference } = data.object as { id?: string };
  return subject && reference ? { id, type, subject, reference, createdAt: new Date(created * 1000) } : null;
}

/** Stripe's webhooks, and its list of events of the last 30 days. */
export function stripeEvents(stripe: Stripe, webhookSecret: string): ProviderEventSource {
  return {
    read(body, signature) {
      try {
        return eventOf(stripe.webhooks.constructEvent(body, signature, webhookSecret, TOLERANCE_S));
      } catch (error) {
        if (error instanceof Stripe.errors.StripeSignatureVerificationError)
          throw new AppError('BAD_REQUEST', { message: 'The signature of the event is wrong, or too old.' });
        if (error instanceof SyntaxError) throw new AppError('BAD_REQUEST', { message: 'The event is no JSON.' });
        throw error;
      }
    },
    async *since(at) {
      const created = { gte: Math.floor(at.getTime() / 1000) };
      for await (const event of stripe.events.list({ created, types: Object.keys(SUBJECTS), limit: PAGE })) {
        const read = eventOf(event);
        if (read) yield read;
      }
    },
    find: ({ subject, reference }) =>
      unlessMissing(async () => {
        if (subject === 'refund') {
          const refund = await stripe.refunds.retrieve(reference);
          return objectOf(refund.metadata, outcomeOfRefund(refund));
        }
        const intent = await stripe.paymentIntents.retrieve(reference);
        return objectOf(intent.metadata, outcomeOfIntent(intent));
      }),
    findDispute: (reference) =>
      unlessMissing(async () => {
        const dispute = await stripe.disputes.retrieve(reference, { expand: ['payment_intent'] });
        const { payment_intent: intent } = dispute;
        return disputeOf(dispute, intent && typeof intent === 'object' ? objectOf(intent.metadata, outcomeOfIntent(intent)) : null);
      }),
  };
}
