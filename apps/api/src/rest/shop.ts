import {
  FindSellersQuery,
  IdText,
  ListOrdersQuery,
  ORDER_MOVES,
  OrderDetail,
  OrderPage,
  OrderView,
  PlaceOrderInput,
  SellerPage,
  SellerView,
} from '@assay/contract';
import { findSellers, getOrder, getSeller, listOrders, moveOrder, placeOrder } from '@assay/core';
import { z } from 'zod';
import { route } from './route.ts';

const IdParams = z.object({ id: IdText });

const MOVE_SUMMARIES = {
  pay: 'Pay an order (buyer)',
  ship: 'Say that an order is on its way (seller)',
  complete: 'Say that an order has arrived (buyer)',
  cancel: 'Cancel an order that has not been shipped; a payment is refunded',
};

export const sellerRoutes = [
  route({
    method: 'get',
    path: '/sellers',
    tag: 'Sellers',
    summary: 'Find sellers',
    auth: 'none',
    query: FindSellersQuery,
    status: 200,
    response: SellerPage,
    cache: 'public',
    handle: ({ ctx, query }) => findSellers(ctx, query),
  }),
  route({
    method: 'get',
    path: '/sellers/:id',
    tag: 'Sellers',
    summary: 'A seller',
    auth: 'none',
    params: IdParams,
    status: 200,
    response: SellerView,
    cache: 'public',
    errors: [404],
    handle: ({ ctx, params }) => getSeller(ctx, params.id),
  }),
];

export const orderRoutes = [
  route({
    method: 'post',
    path: '/orders',
    tag: 'Orders',
    summary: 'Order a listing',
    auth: 'required',
    body: PlaceOrderInput,
    status: 201,
    response: OrderView,
    idempotent: true,
    errors: [403, 404, 409],
    handle: ({ ctx, body }) => placeOrder(ctx, body),
  }),
  route({
    method: 'get',
    path: '/orders',
    tag: 'Orders',
    summary: 'My purchases or my sales',
    auth: 'required',
    query: ListOrdersQuery,
    status: 200,
    response: OrderPage,
    handle: ({ ctx, query }) => listOrders(ctx, query),
  }),
  route({
    method: 'get',
    path: '/orders/:id',
    tag: 'Orders',
    summary: 'An order and its moves',
    auth: 'required',
    params: IdParams,
    status: 200,
    response: OrderDetail,
    errors: [404],
    handle: ({ ctx, params }) => getOrder(ctx, params.id),
  }),
  ...ORDER_MOVES.map((move) =>
    route({
      method: 'post',
      path: `/orders/:id/${move}`,
      tag: 'Orders',
      summary: MOVE_SUMMARIES[move],
      auth: 'required',
      params: IdParams,
      status: 200,
      response: OrderView,
      idempotent: true,
      errors: [403, 404, 409],
      handle: ({ ctx, params }) => moveOrder(ctx, { id: params.id, move }),
    }),
  ),
];
