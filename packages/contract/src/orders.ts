import { z } from 'zod';
import { ORDER_MOVES, ORDER_STATUSES, PAYMENT_STATUSES } from './choices.ts';
import { Cursor, Id, pageSize, Timestamp } from './common.ts';
import { ImageView } from './images.ts';
import { RefundView } from './payments.ts';

export const OrderStatus = z.enum(ORDER_STATUSES);
export type OrderStatus = z.infer<typeof OrderStatus>;

export const PaymentStatus = z.enum(PAYMENT_STATUSES);
export type PaymentStatus = z.infer<typeof PaymentStatus>;

export const OrderMove = z.enum(ORDER_MOVES);
export type OrderMove = z.infer<typeof OrderMove>;

export const PlaceOrderInput = z
  .object({
    listingId: Id,
    version: z.int().min(1).optional().describe('Of the listing that the buyer saw: if it was changed since, nothing is ordered.'),
  })
  .meta({ id: 'PlaceOrderInput', example: { listingId: 1 } });
export type PlaceOrderInput = z.infer<typeof PlaceOrderInput>;

export const OrderView = z
  .object({
    id: z.int(),
    listingId: z.int(),
    sellerId: z.int(),
    sellerName: z.string(),
    buyerId: z.int(),
    buyerName: z.string(),
    title: z.string(),
    /** The listing's, as a path. */
    category: z.string(),
    image: ImageView.nullable().describe('The first picture of the listing, as it is now; null where it has none.'),
    price: z.string(),
    currency: z.string(),
    status: OrderStatus,
    payment: PaymentStatus.nullable().describe('Of its payment; null when none was begun. Pending: the provider has not answered yet.'),
    testPayment: z.boolean().describe('It was paid by the test provider: no money moved.'),
    /** What the caller may do with it now. */
    moves: z.array(OrderMove),
    /** The caller's live rating of this seller, if there is one. */
    ratingId: z.int().nullable(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
    completedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Order' });
export type OrderView = z.infer<typeof OrderView>;

export const OrderEventView = z.object({ from: OrderStatus.nullable(), to: OrderStatus, at: Timestamp, byBuyer: z.boolean() });
export const OrderDetail = OrderView.extend({
  events: z.array(OrderEventView),
  refunds: z.array(RefundView).describe('Oldest first.'),
  refunded: z.string().nullable().describe('What was given back so far; null where nothing was.'),
  refundable: z.string().nullable().describe('What the caller may still refund; null where it is nothing, and for buyers.'),
  soldToAnother: z.boolean().describe('It was cancelled because another buyer paid for the listing first.'),
}).meta({ id: 'OrderDetail' });
export type OrderDetail = z.infer<typeof OrderDetail>;

export const ListOrdersQuery = z.object({
  as: z.enum(['buyer', 'seller'], { error: 'Say buyer or seller.' }).default('buyer'),
  limit: pageSize(20, 100),
  cursor: Cursor.optional(),
});
export type ListOrdersQuery = z.infer<typeof ListOrdersQuery>;

export const OrderPage = z.object({ items: z.array(OrderView), nextCursor: z.string().nullable() }).meta({ id: 'OrderPage' });
export type OrderPage = z.infer<typeof OrderPage>;
