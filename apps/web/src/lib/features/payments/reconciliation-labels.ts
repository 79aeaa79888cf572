import type { ReconciledKind, ReconciliationCheck } from '@assay/contract';

export const RECONCILED_LABELS: Record<ReconciledKind, string> = { payment: 'Payment', refund: 'Refund', chargeback: 'Chargeback' };

export const RECONCILIATION_LABELS: Record<ReconciliationCheck, string> = {
  'missing-here': 'Missing here',
  'missing-there': 'Missing at the provider',
  'other-amount': 'Another amount',
  'other-state': 'Another state',
  'other-currency': 'Another currency',
  ledger: 'Missing in the ledger',
};
