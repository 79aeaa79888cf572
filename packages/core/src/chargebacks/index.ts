export { applyDispute } from './apply-dispute.ts';
export { chargebacksOf, listChargebacks } from './list-chargebacks.ts';
export * from './ports.ts';
