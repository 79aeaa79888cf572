import { TEST_PROVIDER, type PaymentProvider } from '@assay/core';

/** The embedded provider: takes every payment, moves no money. Its references say so, and are the same for the same key. */
export function testPayments(): PaymentProvider {
  return {
    name: TEST_PROVIDER,
    capture: ({ orderId }) => Promise.resolve({ captured: true, reference: `test_${orderId}` }),
    refund: () => Promise.resolve(),
  };
}
