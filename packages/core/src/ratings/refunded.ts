import type { PaymentStatus } from '@assay/contract';

/**
 * What a refund means for a rating, also one of a lost dispute or a lost chargeback: nothing is taken away. The buyer may rate, the rating counts as before,
 * and it says that its order was refunded in full. A refund in part says nothing: the buyer kept the rest.
 */
export const isRefunded = (payment: PaymentStatus | null): boolean => payment === 'refunded';
