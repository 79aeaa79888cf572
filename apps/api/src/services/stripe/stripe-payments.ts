import type { PaymentProvider, ProviderCall, ProviderCharge, ProviderOutcome, ProviderRefund } from '@assay/core';
import { Stripe } from 'stripe';
import { stripeAmountOf } from './amounts.ts';
import { stripeEvents } from './events.ts';
import { formMemory } from './form-memory.ts';
import { stripePayouts } from './payout-accounts.ts';
import { formStateOf, isRefusal, KEY, ORDER, outcomeOfIntent, outcomeOfRefund } from './outcomes.ts';
import { stripeRecords } from './records.ts';

/** The version that the calls below were written for: a new release of the SDK does not change it unseen. */
const API_VERSION = '2026-10-28.endive';
const TIMEOUT_MS = 15_000;
const PAGE = 100;
const METADATA_MAX = 500;

export interface StripeSettings {
  secretKey: string;
  publishableKey: string;
  webhookSecret: string;
  /** Sellers are paid out to accounts of their own. `webhookSecret`: of the endpoint for connected accounts. */
  payouts?: { webhookSecret: string | null };
}

/** Where Stripe's API is, in tests. */
export type StripeAddress = Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'>;

/**
 * Stripe as the payment provider. A payment is a PaymentIntent that the buyer confirms on the Payment Element; asking for one takes no
 * money yet. No call is repeated here: tasks do that, with the same key.
 */
export function stripePayments(settings: StripeSettings, address: StripeAddress = {}): PaymentProvider {
  const { secretKey, publishableKey, webhookSecret, payouts } = settings;
  const stripe = new Stripe(secretKey, {
    apiVersion: API_VERSION,
    timeout: TIMEOUT_MS,
    maxNetworkRetries: 0,
    telemetry: false,
    ...address,
  });
  const { paymentIntents, refunds } = stripe;
  const memory = formMemory();

  async function lookUp({ kind, key, reference }: ProviderCall): Promise<ProviderOutcome | null> {
    if (kind === 'refund') return findRefund(key, reference);
    if (!reference) {
      const { data } = await paymentIntents.search({ query: `metadata['${KEY}']:'${key}'` });
      return data[0] ? outcomeOfIntent(data[0]) : null;
    }
    memory.forget(reference);
    const intent = await paymentIntents.retrieve(reference);
    if (intent.metadata[KEY] !== key) throw new Error(`The payment ${reference} has another key at Stripe.`);
    return outcomeOfIntent(intent);
  }

  async function findRefund(key: string, payment: string): Promise<ProviderOutcome | null> {
    for await (const refund of refunds.list({ payment_intent: payment, limit: PAGE }))
      if (refund.metadata?.[KEY] === key) return outcomeOfRefund(refund);
    return null;
  }

  /** A key whose request was another one says nothing: what became of that one does. */
  async function refused(error: unknown, call: ProviderCall): Promise<ProviderOutcome> {
    if (error instanceof Stripe.errors.StripeIdempotencyError) {
      const found = await lookUp(call);
      if (found) return found;
    }
    if (isRefusal(error)) return { status: 'refused', reason: error.message };
    throw error;
  }

  return {
    name: 'stripe',
    capture: ({ orderIds, amountE8, currency }: ProviderCharge, options) =>
      inRange(amountE8, currency, async (amount) => {
        try {
          const intent = await paymentIntents.create(
            {
              amount,
              currency: currency.toLowerCase(),
              automatic_payment_methods: { enabled: true },
              description: `${orderIds.length > 1 ? 'Orders' : 'Order'} ${orderIds.join(', ')}`,
              transfer_group: `order_${orderIds[0]}`,
              metadata: { [KEY]: options.idempotencyKey, [ORDER]: orderIds.join(',').slice(0, METADATA_MAX) },
            },
            options,
          );
          return outcomeOfIntent(intent);
        } catch (error) {
          return refused(error, { kind: 'payment', key: options.idempotencyKey, reference: '' });
        }
      }),
    refund: ({ orderId, reference, amountE8, currency }: ProviderRefund, options) =>
      inRange(amountE8, currency, async (amount) => {
        try {
          const metadata = { [KEY]: options.idempotencyKey, [ORDER]: String(orderId) };
          return outcomeOfRefund(await refunds.create({ payment_intent: reference, amount, metadata }, options));
        } catch (error) {
          return refused(error, { kind: 'refund', key: options.idempotencyKey, reference });
        }
      }),
    lookUp,
    events: stripeEvents(stripe, payouts?.webhookSecret ? [webhookSecret, payouts.webhookSecret] : [webhookSecret], {
      payouts: payouts !== undefined,
    }),
    ...(payouts ? { payouts: stripePayouts(stripe) } : {}),
    records: stripeRecords(stripe),
    form: {
      publishableKey,
      open: (reference) => memory.open(reference, async () => formStateOf(await paymentIntents.retrieve(reference))),
      async cancel(reference) {
        memory.forget(reference);
        try {
          return outcomeOfIntent(await paymentIntents.cancel(reference));
        } catch (error) {
          if (!isRefusal(error)) throw error;
          return outcomeOfIntent(await paymentIntents.retrieve(reference)); // it has ended already, or a bank works on it
        }
      },
    },
  };
}

/** An amount that Stripe cannot count is refused before it is asked. */
async function inRange(amountE8: bigint, currency: string, ask: (amount: number) => Promise<ProviderOutcome>): Promise<ProviderOutcome> {
  let amount: number;
  try {
    amount = stripeAmountOf(amountE8, currency);
  } catch (error) {
    if (error instanceof RangeError) return { status: 'refused', reason: error.message };
    throw error;
  }
  return ask(amount);
}
