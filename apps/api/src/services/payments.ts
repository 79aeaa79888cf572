import { TEST_PROVIDER, type PaymentProvider, type ProviderOutcome } from '@assay/core';

const done = (reference: string): Promise<ProviderOutcome> => Promise.resolve({ status: 'done', reference });

/** The embedded provider: takes every payment, moves no money. Its references say so, and are the same for the same key. */
export function testPayments(): PaymentProvider {
  return {
    name: TEST_PROVIDER,
    capture: ({ orderId }) => done(`test_${orderId}`),
    refund: (_refund, { idempotencyKey }) => done(`test_${idempotencyKey}`.slice(0, 64)),
    lookUp: ({ key }) => done(`test_${key}`.slice(0, 64)),
  };
}
