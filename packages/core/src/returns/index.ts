export { getReturns } from './get-returns.ts';
export { moveReturn } from './move-return.ts';
export * from './ports.ts';
export { requestReturn } from './request-return.ts';
export * from './rules.ts';
