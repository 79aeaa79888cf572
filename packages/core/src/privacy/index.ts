export { deleteAccount, deleteMyAccount, getDeletion } from './delete-account.ts';
export { eraseAccount } from './erase-account.ts';
export * from './expire-money-records.ts';
export * from './export-data.ts';
export * from './ports.ts';
