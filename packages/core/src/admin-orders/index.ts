export { findOrders } from './find-orders.ts';
export { readOrder } from './read-order.ts';
