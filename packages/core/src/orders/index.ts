export * from './transition-order.ts';
export * from './end-due-orders.ts';
export * from './orders.ts';
export * from './ports.ts';
export * from './rules.ts';
