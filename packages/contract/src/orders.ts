import { z } from 'zod';
import { DeliveryAddress } from './addresses.ts';
import { CARRIERS, type CarrierName } from './carriers.ts';
import { ORDER_ACTORS, ORDER_MOVES, ORDER_REASONS, ORDER_STATUSES, PAYMENT_STATUSES } from './choices.ts';
import { Cursor, Id, pageSize, Timestamp } from './common.ts';
import { Units } from './listing-details.ts';
import { ImageView } from './images.ts';
import { ChargebackView } from './chargebacks.ts';
import { RefundView } from './payments.ts';

export const OrderStatus = z.enum(ORDER_STATUSES);
export type OrderStatus = z.infer<typeof OrderStatus>;

export const PaymentStatus = z.enum(PAYMENT_STATUSES);
export type PaymentStatus = z.infer<typeof PaymentStatus>;

export const OrderMove = z.enum(ORDER_MOVES);
export type OrderMove = z.infer<typeof OrderMove>;

export const OrderReason = z.enum(ORDER_REASONS);
export type OrderReason = z.infer<typeof OrderReason>;
export const Carrier = z.enum(Object.keys(CARRIERS) as [CarrierName, ...CarrierName[]]);

/** Longest number that a carrier gives a shipment. */
export const TRACKING_NUMBER_MAX = 64;

/** What a move may say beside its name: the reason of a cancellation, the carrier of a shipment. */
export const OrderMoveDetail = z
  .object({
    reason: OrderReason.optional().describe('Why the order is cancelled or declined.'),
    carrier: Carrier.optional().describe('Who takes the shipment.'),
    trackingNumber: z
      .string()
      .trim()
      .min(1)
      .max(TRACKING_NUMBER_MAX)
      .regex(/^[\w -]+$/, 'A tracking number has letters, digits and hyphens.')
      .optional()
      .describe('The carrier’s number of the shipment.'),
  })
  .meta({ id: 'OrderMoveDetail', example: { carrier: 'dhl', trackingNumber: '00340434161094021501' } });
export type OrderMoveDetail = z.infer<typeof OrderMoveDetail>;

/** The most items of one order that are cancelled at once. */
const CANCELLED_MAX = 100;

export const CancelItemsInput = z
  .object({
    reason: OrderReason.describe('One of the reasons of the caller’s side.'),
    items: z
      .array(
        z.object({
          listingId: Id,
          quantity: Units.describe('How many units are cancelled.'),
          of: Units.optional().describe(
            'The units that were left when the caller looked: if it is another number now, nothing is cancelled.',
          ),
        }),
        { error: 'Choose at least one item.' },
      )
      .min(1, 'Choose at least one item.')
      .max(CANCELLED_MAX),
  })
  .meta({ id: 'CancelItemsInput', example: { reason: 'out-of-stock', items: [{ listingId: 1, quantity: 1 }] } });
export type CancelItemsInput = z.infer<typeof CancelItemsInput>;

export const PlaceOrderInput = z
  .object({
    listingId: Id,
    quantity: Units.optional().describe('1 where it is left out.'),
    version: z.int().min(1).optional().describe('Of the listing that the buyer saw: if it was changed since, nothing is ordered.'),
  })
  .meta({ id: 'PlaceOrderInput', example: { listingId: 1 } });
export type PlaceOrderInput = z.infer<typeof PlaceOrderInput>;

export const OrderItemView = z
  .object({
    listingId: z.int(),
    title: z.string(),
    /** The listing's when it was ordered, as a path. */
    category: z.string(),
    unitPrice: z.string(),
    quantity: z.int().describe('As it was ordered.'),
    cancelled: z.int().describe('How many of these units were cancelled before the order was shipped.'),
    image: ImageView.nullable().describe('The first picture of the listing, as it is now; null where it has none.'),
  })
  .meta({ id: 'OrderItem' });
export type OrderItemView = z.infer<typeof OrderItemView>;

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
    groupId: z.int().nullable().describe('Of the checkout that placed it; null for an order of an older release.'),
    items: z.array(OrderItemView).describe('What it is about: listingId, title and image above are those of the first.'),
    price: z.string().describe('Of the items together.'),
    shipping: z.string(),
    total: z.string().describe('Price and shipping: what the buyer pays.'),
    currency: z.string(),
    note: z.string().nullable().describe('What the buyer wrote to the seller.'),
    delivery: z.enum(['ship', 'pickup']).nullable().describe('How it gets to the buyer; null where that was not chosen.'),
    escrowEnabled: z.boolean().describe('The payment is held until the buyer confirms that it arrived.'),
    status: OrderStatus,
    payment: PaymentStatus.nullable().describe('Of its payment; null when none was begun. Pending: the provider has not answered yet.'),
    testPayment: z.boolean().describe('It is paid by the test provider: no money moves.'),
    paymentWaits: z.boolean().describe('The payment provider waits for the buyer or a bank: `GET /orders/{id}/payment` says for what.'),
    /** What the caller may do with it now. */
    moves: z.array(OrderMove),
    /** The caller's live rating of this seller, if there is one. */
    ratingId: z.int().nullable(),
    dueAt: Timestamp.nullable().describe('When its state ends by itself; null where it is final, or no deadline is set yet.'),
    dueTo: OrderStatus.nullable().describe('The state that it has then.'),
    carrier: z.string().nullable().describe('Who took the shipment.'),
    trackingNumber: z.string().nullable(),
    trackingUrl: z.url().nullable().describe('The carrier’s page for the shipment.'),
    createdAt: Timestamp,
    updatedAt: Timestamp,
    completedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Order' });
export type OrderView = z.infer<typeof OrderView>;

/** Orders of one checkout that its buyer pays by one payment. */
export const Payable = z
  .object({
    orderIds: z.array(z.int()).describe('Ascending.'),
    total: z.string().describe('What they cost together.'),
  })
  .meta({ id: 'Payable' });
export type Payable = z.infer<typeof Payable>;

export const OrderActor = z.enum(ORDER_ACTORS);
export type OrderActor = z.infer<typeof OrderActor>;

export const OrderEventView = z.object({
  from: OrderStatus.nullable(),
  to: OrderStatus,
  at: Timestamp,
  byBuyer: z.boolean(),
  by: OrderActor.describe('system: a deadline passed, or the payment was refused. platform: an admin.'),
  reason: OrderReason.nullable(),
});
/** When the seller gets the money of an order. */
export const OrderRelease = z
  .object({
    dueAt: Timestamp.nullable().describe(
      'When the payment is released at the latest; null where it is, or waits for the shipment, a return or a decision.',
    ),
    at: Timestamp.nullable().describe('When it was released; null before, and while a return holds it.'),
    availableAt: Timestamp.nullable().describe('From when on it can be paid out; null before it is released.'),
  })
  .meta({ id: 'OrderRelease' });
export type OrderRelease = z.infer<typeof OrderRelease>;

export const CancelledItemView = z.object({
  listingId: z.int(),
  title: z.string(),
  quantity: z.int(),
  by: OrderActor,
  reason: OrderReason,
  at: Timestamp,
});
export type CancelledItemView = z.infer<typeof CancelledItemView>;

export const OrderDetail = OrderView.extend({
  address: DeliveryAddress.nullable().describe(
    'Where it is sent to: its seller sees it once the order is paid. Null where it is picked up.',
  ),
  events: z.array(OrderEventView),
  cancelledItems: z.array(CancelledItemView).describe('What was cancelled before the order was shipped, oldest first.'),
  refunds: z.array(RefundView).describe('Oldest first.'),
  refunded: z.string().nullable().describe('What was given back so far; null where nothing was.'),
  chargebacks: z.array(ChargebackView).describe('Disputes about its payment at the buyer’s bank, oldest first.'),
  refundable: z.string().nullable().describe('What the caller may still refund; null where it is nothing, and for buyers.'),
  disputable: z.boolean().describe('The caller may open a dispute about it now.'),
  disputeUntil: Timestamp.nullable().describe(
    'Until when its buyer may open a dispute; null where that has no end yet, or never was possible.',
  ),
  release: OrderRelease.nullable().describe('When its seller gets the money; null for the buyer, and where nothing is paid.'),
  payable: Payable.nullable().describe(
    'For its buyer: it and other orders of its checkout can be paid at once, by `POST /checkout/{groupId}/pay`. Null where there are no others.',
  ),
  soldToAnother: z.boolean().describe('It was cancelled because another buyer paid for the listing first.'),
}).meta({ id: 'OrderDetail' });
export type OrderDetail = z.infer<typeof OrderDetail>;

export const ListOrdersQuery = z.object({
  as: z.enum(['buyer', 'seller'], { error: 'Say buyer or seller.' }).default('buyer'),
  status: OrderStatus.optional().describe('Only orders in that state.'),
  limit: pageSize(20, 100),
  cursor: Cursor.optional(),
});
export type ListOrdersQuery = z.infer<typeof ListOrdersQuery>;

export const OrderPage = z.object({ items: z.array(OrderView), nextCursor: z.string().nullable() }).meta({ id: 'OrderPage' });
export type OrderPage = z.infer<typeof OrderPage>;

/** What waits for the caller as a seller. */
export const OrderCounts = z
  .object({
    toShip: z.int().describe('Sales that are paid and not shipped.'),
    inDispute: z.int().describe('Sales with an open dispute.'),
  })
  .meta({ id: 'OrderCounts' });
export type OrderCounts = z.infer<typeof OrderCounts>;
