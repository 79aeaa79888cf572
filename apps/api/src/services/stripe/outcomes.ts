import type { PaymentFormState, ProviderObject, ProviderOutcome } from '@assay/core';
import { Stripe } from 'stripe';

/** The metadata in which Stripe keeps the idempotency key of a call: the key itself is forgotten after a day. */
export const KEY = 'assay_key';
/** The metadata that names the order, or the orders; a value has 500 characters at most. */
export const ORDER = 'assay_order';

const REFUSALS: ReadonlySet<number | undefined> = new Set([400, 402, 404]);

/**
 * Whether Stripe says that it did not do what was asked, and would not do it if it were asked again. A wrong API key, too many requests
 * and a key that is in use say nothing about that.
 */
export const isRefusal = (error: unknown): error is Stripe.errors.StripeError =>
  (error instanceof Stripe.errors.StripeCardError || error instanceof Stripe.errors.StripeInvalidRequestError) &&
  REFUSALS.has(error.statusCode);

/** What a payment came to. Until it has succeeded or was cancelled, its buyer may try again with another card. */
export function outcomeOfIntent({ id, status, cancellation_reason: reason }: Stripe.PaymentIntent): ProviderOutcome {
  if (status === 'succeeded') return { status: 'done', reference: id };
  if (status === 'canceled')
    return { status: 'refused', reason: reason === 'expired' ? 'The payment has expired.' : 'The payment was cancelled.' };
  return { status: 'waiting', reference: id };
}

export function outcomeOfRefund({ id, status, failure_reason: reason }: Stripe.Refund): ProviderOutcome {
  if (status === 'succeeded') return { status: 'done', reference: id };
  if (status === 'failed' || status === 'canceled') return { status: 'refused', reason: reason ?? `The refund was ${status}.` };
  return { status: 'waiting', reference: id };
}

const STEPS: Partial<Record<Stripe.PaymentIntent.Status, PaymentFormState['step']>> = {
  requires_action: 'confirmation',
  processing: 'processing',
  succeeded: 'ended',
  canceled: 'ended',
};

/** @throws Error where Stripe does not give the secret of a payment */
export function formStateOf({ client_secret: clientSecret, status, last_payment_error: failed }: Stripe.PaymentIntent): PaymentFormState {
  if (!clientSecret) throw new Error('Stripe gave no client secret.');
  return { step: STEPS[status] ?? 'details', clientSecret, failure: failed?.message ?? null };
}

/** What the product reads of a payment or refund: whose it is, and what became of it. */
export const objectOf = (metadata: Stripe.Metadata | null, outcome: ProviderObject['outcome']): ProviderObject => ({
  key: metadata?.[KEY] ?? '',
  orders: (metadata?.[ORDER] ?? '').replaceAll(',', ', '),
  outcome,
});

/** Null where Stripe does not know what it is asked for. */
export async function unlessMissing<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing') return null;
    throw error;
  }
}
