import { TEST_PROVIDER, type PaymentProvider, type ProviderOutcome } from '@assay/core';
import type { StripeSettings } from './stripe/stripe-payments.ts';

const done = (reference: string): Promise<ProviderOutcome> => Promise.resolve({ status: 'done', reference });

/** The provider of the configuration. The code of Stripe is loaded where it is used. */
export const openPayments = async (stripe: StripeSettings | null): Promise<PaymentProvider> =>
  stripe ? (await import('./stripe/stripe-payments.ts')).stripePayments(stripe) : testPayments();

/** The embedded provider: takes every payment, moves no money. Its references say so, and are the same for the same key. */
export function testPayments(): PaymentProvider {
  return {
    name: TEST_PROVIDER,
    capture: ({ orderIds }) => done(`test_${orderIds[0]}`),
    refund: (_refund, { idempotencyKey }) => done(`test_${idempotencyKey}`.slice(0, 64)),
    lookUp: ({ key }) => done(`test_${key}`.slice(0, 64)),
  };
}
