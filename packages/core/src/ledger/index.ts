export * from './checks.ts';
export * from './order-money.ts';
export * from './payout-money.ts';
export * from './ports.ts';
export * from './post.ts';
export * from './postings.ts';
export { scheduleLedgerVerification, verifyLedger, type LedgerVerification } from './verify-ledger.ts';
