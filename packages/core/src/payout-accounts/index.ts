export { checkPayoutAccount, getPayoutAccount, stopPayoutAccount } from './my-account.ts';
export { openPayoutAccount } from './open-account.ts';
export * from './ports.ts';
export { checkPayoutAccounts } from './read-account.ts';
