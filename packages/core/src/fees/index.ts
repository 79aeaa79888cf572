export * from './fees-of-order.ts';
