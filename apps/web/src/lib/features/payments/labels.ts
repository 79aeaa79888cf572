import type { PaymentFormView, PaymentStatus, RefundReason, RefundView, UnresolvedView } from '@assay/contract';

export const REFUND_REASON_LABELS: Record<RefundReason, string> = {
  cancelled: 'Cancelled',
  dispute: 'Dispute decided',
  returned: 'Item returned',
  'not-received': 'Item not received',
  'not-as-described': 'Item not as described',
  damaged: 'Item damaged',
  'price-adjustment': 'Price adjustment',
  other: 'Other reason',
};

/** Where a payment is, for admins. */
export const PAYMENT_STATUS_LABELS: Record<PaymentStatus, string> = {
  pending: 'In progress',
  captured: 'Captured',
  failed: 'Failed',
  refunding: 'Being refunded',
  refunded: 'Refunded',
  unresolved: 'Unresolved',
};

/** Where a refund is, for both sides of the order. */
export const REFUND_STATUS_LABELS: Record<RefundView['status'], string> = {
  pending: 'In progress',
  done: 'Refunded',
  failed: 'Failed',
  unresolved: 'Being checked',
};

/** What came of a new refund. */
export const refundDoneLabel = ({ status }: Pick<RefundView, 'status'>): string =>
  ({
    done: 'Refund sent to the buyer.',
    pending: 'Refund in progress.',
    failed: 'The payment provider refused the refund.',
    unresolved: 'We are checking the refund with the payment provider. It is not sent twice.',
  })[status];

export const CALL_LABELS: Record<UnresolvedView['kind'], string> = { payment: 'Payment', refund: 'Refund' };

/** What a look-up of a payment or refund found. */
export const LOOK_UP_LABELS = {
  done: 'Found: the money moved.',
  refused: 'Found: no money moved.',
  waiting: 'Found: it is still in progress at the provider.',
  'not-found': 'The provider does not know it yet. Look it up again later.',
  'sent-again': 'The provider never got it. It is sent again.',
} as const;

/** How far a payment is, for its buyer. */
export const PAYMENT_STEP_LABELS: Record<PaymentFormView['step'], string> = {
  details: 'Choose how to pay.',
  confirmation: 'Your bank asks you to confirm this payment.',
  processing: 'Your bank is processing this payment. This can take several days. You need not do anything.',
  ended: 'We are checking this payment.',
};
