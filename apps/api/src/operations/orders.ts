import { ListOrdersQuery, OrderDetail, OrderMove, OrderPage, OrderView, ORDER_MOVES, PlaceOrderInput } from '@assay/contract';
import { getOrder, listOrders, transitionOrder, placeOrder, type Context } from '@assay/core';
import { ById } from './inputs.ts';
import { get, mutation, post, query } from './operation.ts';

const TRANSITIONS = {
  pay: 'Pay an order (buyer)',
  ship: 'Say that an order is on its way (seller)',
  complete: 'Say that an order has arrived (buyer)',
  cancel: 'Cancel an order that has not been shipped; a payment is refunded',
} satisfies Record<OrderMove, string>;

export const orders = {
  place: mutation({
    use: placeOrder,
    input: PlaceOrderInput,
    output: OrderView,
    as: 'user',
    rest: post('/orders', 'Order a listing', { status: 201, errors: [403, 404, 409] }),
  }),
  list: query({
    use: listOrders,
    input: ListOrdersQuery,
    output: OrderPage,
    as: 'user',
    rest: get('/orders', 'My purchases or my sales'),
  }),
  get: query({
    use: (ctx: Context, { id }: ById) => getOrder(ctx, id),
    input: ById,
    output: OrderDetail,
    as: 'user',
    rest: get('/orders/:id', 'An order and its moves', { errors: [404] }),
  }),
  move: mutation({
    use: transitionOrder,
    input: ById.extend({ move: OrderMove }),
    output: OrderView,
    as: 'user',
    rest: ORDER_MOVES.map((move) => post(`/orders/:id/${move}`, TRANSITIONS[move], { fixed: { move }, errors: [403, 404, 409] })),
  }),
};
