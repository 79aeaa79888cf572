export * from './payout-details.ts';
export * from './ports.ts';
