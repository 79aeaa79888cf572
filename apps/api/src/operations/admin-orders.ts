import { AdminOrder, FindOrdersQuery, FoundOrders } from '@assay/contract';
import { findOrders, readOrder } from '@assay/core';
import { ById } from './inputs.ts';
import { get, query } from './operation.ts';

/** Orders as admins read them; they refund by `payments.refund`. */
export const adminOrders = {
  find: query({
    use: findOrders,
    input: FindOrdersQuery,
    output: FoundOrders,
    as: 'admin',
    rest: get('/admin/orders', 'Find orders by number, or by the e-mail address of a buyer or seller', { errors: [403] }),
  }),
  get: query({
    use: readOrder,
    input: ById,
    output: AdminOrder,
    as: 'admin',
    rest: get('/admin/orders/:id', 'An order with its money, its history and its audit log', { errors: [403, 404] }),
  }),
};
