import {
  CancelItemsInput,
  ListOrdersQuery,
  OrderCounts,
  OrderDetail,
  OrderMove,
  OrderMoveDetail,
  OrderPage,
  OrderView,
  ORDER_MOVES,
  PlaceOrderInput,
} from '@assay/contract';
import { cancelItems, countOrders, getOrder, listOrders, transitionOrder, placeOrder, type Context } from '@assay/core';
import { ById } from './inputs.ts';
import { get, mutation, post, query } from './operation.ts';

const TRANSITIONS = {
  pay: 'Pay an order (buyer)',
  ship: 'Say that an order is on its way (seller)',
  deliver: 'Say that a shipment with a tracking number was delivered (seller)',
  complete: 'Say that an order has arrived (buyer)',
  cancel: 'Cancel an order that has not been shipped; a payment is refunded',
  decline: 'Decline an order that has not been shipped (seller); a payment is refunded',
} satisfies Record<OrderMove, string>;

/** What a move says beside its name; the rest of the input is fixed to nothing. */
const DETAILS: Partial<Record<OrderMove, readonly string[]>> = {
  ship: ['carrier', 'trackingNumber'],
  cancel: ['reason'],
  decline: ['reason'],
};

const fixedOf = (move: OrderMove): Record<string, unknown> => ({
  move,
  ...Object.fromEntries(Object.keys(OrderMoveDetail.shape).flatMap((name) => (DETAILS[move]?.includes(name) ? [] : [[name, undefined]]))),
});

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
  counts: query({
    use: countOrders,
    output: OrderCounts,
    as: 'user',
    rest: get('/orders/counts', 'How many of my sales are to be shipped'),
  }),
  get: query({
    use: (ctx: Context, { id }: ById) => getOrder(ctx, id),
    input: ById,
    output: OrderDetail,
    as: 'user',
    rest: get('/orders/:id', 'An order and its moves', { errors: [404] }),
  }),
  cancelItems: mutation({
    use: cancelItems,
    input: ById.extend(CancelItemsInput.shape),
    output: OrderDetail,
    as: 'user',
    rest: post('/orders/:id/items/cancel', 'Cancel items of a paid order before it is shipped; their price is refunded', {
      errors: [404, 409],
    }),
  }),
  move: mutation({
    use: transitionOrder,
    input: ById.extend({ move: OrderMove, ...OrderMoveDetail.shape }),
    output: OrderView,
    as: 'user',
    rest: ORDER_MOVES.map((move) =>
      post(`/orders/:id/${move}`, TRANSITIONS[move], { fixed: fixedOf(move), optionalBody: true, errors: [403, 404, 409] }),
    ),
  }),
};
