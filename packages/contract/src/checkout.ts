import { z } from 'zod';
import { AddressView, DeliveryAddress } from './addresses.ts';
import { BASKET_MAX } from './basket.ts';
import { Id, Timestamp } from './common.ts';
import { ImageView } from './images.ts';
import { Units } from './listing-details.ts';
import { OrderView, Payable } from './orders.ts';
import { text } from './text.ts';

export const Delivery = z.enum(['ship', 'pickup'], { error: 'Delivery is ship or pickup.' });
export type Delivery = z.infer<typeof Delivery>;

const CheckoutItem = z.object({ listingId: Id, quantity: Units });

/** What the buyer says to one of the sellers. */
const SellerChoice = z.object({
  sellerId: Id,
  delivery: Delivery.optional().describe('Left out: shipped where it can be, else picked up.'),
  note: text({ name: 'A note', max: 500, multiline: true }).default(''),
});

const onceEach = (ids: number[]) => new Set(ids).size === ids.length;

export const QuoteInput = z
  .object({
    items: z
      .array(CheckoutItem)
      .min(1, 'There is nothing to order.')
      .max(BASKET_MAX, `At most ${BASKET_MAX} listings at once.`)
      .refine((items) => onceEach(items.map(({ listingId }) => listingId)), 'Each listing is named once.'),
    addressId: Id.optional().describe('Of my address book; not needed where everything is picked up.'),
    choices: z
      .array(SellerChoice)
      .max(BASKET_MAX)
      .refine((all) => onceEach(all.map(({ sellerId }) => sellerId)), 'Each seller is named once.')
      .default([]),
  })
  .meta({ id: 'QuoteInput', example: { items: [{ listingId: 1, quantity: 2 }] } });
export type QuoteInput = z.infer<typeof QuoteInput>;

export const QuotedParcel = z.object({
  sellerId: z.int(),
  sellerName: z.string(),
  items: z.array(
    z.object({ listingId: z.int(), title: z.string(), image: ImageView.nullable(), unitPrice: z.string(), quantity: z.int() }),
  ),
  deliveries: z.array(Delivery).describe('How it can get to the buyer.'),
  delivery: Delivery.nullable(),
  price: z.string(),
  shipping: z.string(),
  total: z.string(),
  escrowEnabled: z.boolean().describe('The payment is held until the buyer confirms that it arrived.'),
  problems: z.array(z.string()).describe('Why it cannot be ordered as it is, in sentences.'),
});

export const QuoteView = z
  .object({
    currency: z.string(),
    parcels: z.array(QuotedParcel),
    price: z.string(),
    shipping: z.string(),
    total: z.string(),
    address: AddressView.nullable(),
    addressNeeded: z.boolean().describe('Something is shipped, and no address is chosen.'),
    ready: z.boolean().describe('It can be ordered as it is.'),
    testPayment: z.boolean().describe('It is paid by the test provider: no money moves.'),
    version: z.string().describe('Of these prices: a checkout sends it, and is refused where they have changed.'),
  })
  .meta({ id: 'Quote' });
export type QuoteView = z.infer<typeof QuoteView>;

export const CheckoutInput = QuoteInput.extend({
  version: z.string().min(1).max(20_000).describe('Of the quote that the buyer saw.'),
}).meta({ id: 'CheckoutInput' });
export type CheckoutInput = z.infer<typeof CheckoutInput>;

/** One checkout: an order of each seller, and where the parcels go. */
export const OrderGroupView = z
  .object({
    id: z.int(),
    orders: z.array(OrderView),
    currency: z.string(),
    total: z.string(),
    payable: Payable.nullable().describe('What can be paid at once now; null where nothing can.'),
    waiting: z
      .array(Payable)
      .describe('Payments that wait for the buyer or a bank: `GET /orders/{id}/payment`, with any of its orders, says for what.'),
    address: DeliveryAddress.nullable(),
    createdAt: Timestamp,
  })
  .meta({ id: 'OrderGroup' });
export type OrderGroupView = z.infer<typeof OrderGroupView>;
