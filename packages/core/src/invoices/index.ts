export * from './ports.ts';
export * from './read-invoices.ts';
export { invoiceNumber } from './rules.ts';
