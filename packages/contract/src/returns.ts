import { z } from 'zod';
import { AddressInput, DeliveryAddress } from './addresses.ts';
import { ORDER_ACTORS, RETURN_ACTIONS, RETURN_MOVES, RETURN_REASONS, RETURN_STATUSES, RETURN_TEXT_MAX } from './choices.ts';
import { Id, Timestamp } from './common.ts';
import { Units } from './listing-details.ts';
import { OrderMoveDetail } from './orders.ts';
import { text } from './text.ts';

export const ReturnReason = z.enum(RETURN_REASONS, { error: 'Choose a reason.' });
export type ReturnReason = z.infer<typeof ReturnReason>;
export const ReturnStatus = z.enum(RETURN_STATUSES);
export type ReturnStatus = z.infer<typeof ReturnStatus>;
export const ReturnMove = z.enum(RETURN_MOVES);
export type ReturnMove = z.infer<typeof ReturnMove>;
export const ReturnAction = z.enum(RETURN_ACTIONS);
export type ReturnAction = z.infer<typeof ReturnAction>;

const ITEMS_MAX = 100;

export const RequestReturnInput = z
  .object({
    reason: ReturnReason,
    text: text({ name: 'What happened', min: 10, max: RETURN_TEXT_MAX, multiline: true }).describe('The seller reads it.'),
    items: z
      .array(z.object({ listingId: Id, quantity: Units }), { error: 'Choose at least one item.' })
      .min(1, 'Choose at least one item.')
      .max(ITEMS_MAX),
  })
  .meta({
    id: 'RequestReturnInput',
    example: { reason: 'damaged', text: 'The bowl arrived with a crack.', items: [{ listingId: 1, quantity: 1 }] },
  });
export type RequestReturnInput = z.infer<typeof RequestReturnInput>;

/** What a step says beside its name. */
export const ReturnMoveDetail = z
  .object({
    addressId: Id.optional().describe('Of the seller’s address book: where it is sent. Accepting needs it, or an address.'),
    address: AddressInput.optional().describe('Where it is sent.'),
    text: text({ name: 'The text', max: RETURN_TEXT_MAX, multiline: true })
      .optional()
      .describe('The other side reads it. Declining needs it.'),
    carrier: OrderMoveDetail.shape.carrier,
    trackingNumber: OrderMoveDetail.shape.trackingNumber,
    restock: z.boolean().optional().describe('What was received is in stock again.'),
  })
  .meta({ id: 'ReturnMoveDetail', example: { carrier: 'dhl', trackingNumber: '00340434161094021501' } });
export type ReturnMoveDetail = z.infer<typeof ReturnMoveDetail>;

export const ReturnItemView = z.object({ listingId: z.int(), title: z.string(), quantity: z.int() });
export type ReturnItemView = z.infer<typeof ReturnItemView>;

export const ReturnEventView = z.object({
  action: ReturnAction,
  by: z.enum(ORDER_ACTORS).describe('system: a deadline passed.'),
  text: z.string().nullable(),
  at: Timestamp,
});
export type ReturnEventView = z.infer<typeof ReturnEventView>;

export const ReturnView = z
  .object({
    id: z.int(),
    orderId: z.int(),
    reason: ReturnReason,
    status: ReturnStatus,
    items: z.array(ReturnItemView),
    amount: z.string().describe('What is refunded for it, or was.'),
    currency: z.string(),
    paysShipping: z.enum(['buyer', 'seller']).describe('Who pays for sending it back.'),
    address: DeliveryAddress.nullable().describe('Where it is sent; null until the seller accepts.'),
    carrier: z.string().nullable(),
    trackingNumber: z.string().nullable(),
    trackingUrl: z.url().nullable(),
    paused: z.boolean().describe('The buyer disputes the payment at their bank; the return waits until the bank has decided.'),
    moves: z.array(ReturnMove),
    dueAt: Timestamp.nullable().describe('When its state ends by itself; null where it is final.'),
    dueTo: ReturnStatus.nullable().describe('The state that it has then.'),
    events: z.array(ReturnEventView),
    createdAt: Timestamp,
    closedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Return' });
export type ReturnView = z.infer<typeof ReturnView>;

/** The returns of an order, and what else of it the caller may return. */
export const OrderReturns = z
  .object({
    items: z.array(ReturnView).describe('Oldest first.'),
    returnable: z.array(ReturnItemView).describe('Units that the caller may ask to return now; none for the seller.'),
    until: Timestamp.nullable().describe('Until when; null where that has no end yet, or never was possible.'),
  })
  .meta({ id: 'OrderReturns' });
export type OrderReturns = z.infer<typeof OrderReturns>;
