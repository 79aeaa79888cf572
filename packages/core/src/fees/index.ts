export { feesOfOrder } from './fees-of-order.ts';
export * from './ports.ts';
export { reversedFees, type Fees, type Operator } from './rules.ts';
