export * from './ports.ts';
export { reconcile, scheduleReconciliation, type Reconciliation } from './reconcile.ts';
export { listDifferences, resolveDifference } from './resolve-difference.ts';
