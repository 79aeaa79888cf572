export { cancelItems } from './cancel-items.ts';
export * from './transition-order.ts';
export * from './end-due-orders.ts';
export * from './orders.ts';
export { placeOrder } from './place-order.ts';
export { totalE8Of } from './totals.ts';
export * from './ports.ts';
export * from './rules.ts';
