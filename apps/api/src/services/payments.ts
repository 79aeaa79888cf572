import type { PaymentProvider } from '@assay/core';

/** The embedded provider: takes every payment, moves no money. Its references say so. */
export function testPayments(): PaymentProvider {
  return {
    name: 'test',
    charge: ({ orderId }) => Promise.resolve(`test_${orderId}`),
    refund: () => Promise.resolve(),
  };
}
