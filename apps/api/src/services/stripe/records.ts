import type { ProviderObject, ProviderRecord, ProviderRecords } from '@assay/core';
import type { Stripe } from 'stripe';
import { e8OfStripeAmount } from './amounts.ts';
import { disputeOf } from './disputes.ts';
import { KEY, objectOf, outcomeOfIntent, outcomeOfRefund, unlessMissing } from './outcomes.ts';

const PAGE = 100;
const WITH_PAYMENT = 'payment_intent';

/** The payment that a refund or dispute is about, where the answer has it with it. */
const paymentOf = (intent: string | Stripe.PaymentIntent | null): ProviderObject | null =>
  intent && typeof intent === 'object' ? objectOf(intent.metadata, outcomeOfIntent(intent)) : null;

function paymentRecord(intent: Stripe.PaymentIntent): ProviderRecord {
  const currency = intent.currency.toUpperCase();
  const outcome = outcomeOfIntent(intent);
  return {
    kind: 'payment',
    reference: intent.id,
    amountE8: e8OfStripeAmount(intent.amount, currency),
    currency,
    payment: objectOf(intent.metadata, outcome),
    outcome,
  };
}

function refundRecord(refund: Stripe.Refund): ProviderRecord {
  const currency = refund.currency.toUpperCase();
  return {
    kind: 'refund',
    reference: refund.id,
    amountE8: e8OfStripeAmount(refund.amount, currency),
    currency,
    payment: paymentOf(refund.payment_intent),
    outcome: outcomeOfRefund(refund),
    key: refund.metadata?.[KEY] ?? '',
  };
}

function disputeRecord(found: Stripe.Dispute): ProviderRecord {
  const payment = paymentOf(found.payment_intent);
  const dispute = disputeOf(found, payment);
  const { amountE8, currency } = dispute;
  return { kind: 'dispute', reference: found.id, amountE8, currency, payment, dispute };
}

/** Stripe's lists of payments, refunds and disputes, by when they were made. */
export function stripeRecords(stripe: Stripe): ProviderRecords {
  return {
    async *list({ from, to }) {
      const created = { gte: Math.floor(from.getTime() / 1000), lt: Math.ceil(to.getTime() / 1000) };
      const query = { created, limit: PAGE };
      for await (const intent of stripe.paymentIntents.list(query)) yield paymentRecord(intent);
      const expand = [`data.${WITH_PAYMENT}`];
      for await (const refund of stripe.refunds.list({ ...query, expand })) yield refundRecord(refund);
      for await (const dispute of stripe.disputes.list({ ...query, expand })) yield disputeRecord(dispute);
    },
    find: (kind, reference) =>
      unlessMissing(async () => {
        if (kind === 'payment') return paymentRecord(await stripe.paymentIntents.retrieve(reference));
        const options = { expand: [WITH_PAYMENT] };
        return kind === 'refund'
          ? refundRecord(await stripe.refunds.retrieve(reference, options))
          : disputeRecord(await stripe.disputes.retrieve(reference, options));
      }),
  };
}
