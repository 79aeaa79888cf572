export * from './commission-rules.ts';
export { feesOfOrder } from './fees-of-order.ts';
export * from './ports.ts';
export { getFeeQuote, getOrderFees } from './quote-fees.ts';
export { reversedFees, type Fees, type Operator } from './rules.ts';
export * from './tax-details.ts';
