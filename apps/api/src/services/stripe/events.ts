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

/** Those about sellers' accounts: Stripe sends them to an endpoint for connected accounts, and lists those of the marketplace alone. */
const PAYOUT_SUBJECTS: typeof SUBJECTS = {
  'account.updated': 'account',
  'payout.paid': 'payout',
  'payout.failed': 'payout',
  'payout.canceled': 'payout',
  'transfer.reversed': 'transfer',
};

/** Null for an event that the product does not act on: the marketplace's own payouts, for instance. */
function eventOf({ id, type, created, data, account }: Stripe.Event, subjects: typeof SUBJECTS): ProviderEvent | null {
  const subject = Object.hasOwn(subjects, type) ? subjects[type] : undefined;
  if ((subject === 'payout' || subject === 'account') && !account) return null;
  const { id: reference } = data.object as { id?: string };
  return subject && reference ? { id, type, subject, reference, createdAt: new Date(created * 1000) } : null;
}

/**
 * Stripe's webhooks, and its list of events of the last 30 days.
 * @param secrets of the endpoint for the marketplace, and of the one for connected accounts where there is one
 */
export function stripeEvents(stripe: Stripe, secrets: readonly string[], { payouts }: { payouts: boolean }): ProviderEventSource {
  const subjects = payouts ? { ...SUBJECTS, ...PAYOUT_SUBJECTS } : SUBJECTS;

  /** @throws StripeSignatureVerificationError where none of the secrets made the signature */
  function verified(body: Buffer, signature: string): Stripe.Event {
    let failure: unknown;
    for (const secret of secrets)
      try {
        return stripe.webhooks.constructEvent(body, signature, secret, TOLERANCE_S);
      } catch (error) {
        failure ??= error;
      }
    throw failure;
  }

  return {
    read(body, signature) {
      try {
        return eventOf(verified(body, signature), subjects);
      } catch (error) {
        if (error instanceof Stripe.errors.StripeSignatureVerificationError)
          throw new AppError('BAD_REQUEST', { message: 'The signature of the event is wrong, or too old.' });
        if (error instanceof SyntaxError) throw new AppError('BAD_REQUEST', { message: 'The event is no JSON.' });
        throw error;
      }
    },
    async *since(at) {
      const created = { gte: Math.floor(at.getTime() / 1000) };
      for await (const event of stripe.events.list({ created, types: Object.keys(subjects), limit: PAGE })) {
        const read = eventOf(event, subjects);
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
