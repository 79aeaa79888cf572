import { z } from 'zod';
import { Id, Timestamp } from './common.ts';
import { ImageView } from './images.ts';
import { Units } from './listing-details.ts';

/** Listings in one basket. */
export const BASKET_MAX = 50;

export const BasketInput = z
  .object({ listingId: Id, quantity: Units.describe('Units in the basket from now on.') })
  .meta({ id: 'BasketInput', example: { listingId: 1, quantity: 2 } });
export type BasketInput = z.infer<typeof BasketInput>;

export const BASKET_PROBLEMS = ['not-for-sale', 'reserved', 'fewer-left', 'store-closed'] as const;
export type BasketProblem = (typeof BASKET_PROBLEMS)[number];

export const BasketItemView = z
  .object({
    listingId: z.int(),
    title: z.string(),
    image: ImageView.nullable(),
    unitPrice: z.string(),
    currency: z.string(),
    quantity: z.int(),
    available: z.int().describe('Units that can be ordered now.'),
    problem: z.enum(BASKET_PROBLEMS).nullable().describe('Why it cannot be ordered as it is.'),
    previousPrice: z.string().nullable().describe('With its currency, where the price was another one when the buyer looked last.'),
    addedAt: Timestamp,
  })
  .meta({ id: 'BasketItem' });
export type BasketItemView = z.infer<typeof BasketItemView>;

/** One checkout is in one currency. */
export const BasketView = z
  .object({
    count: z.int().describe('Units of all listings.'),
    currencies: z.array(
      z.object({
        currency: z.string(),
        subtotal: z.string().describe('Of what can be ordered, without shipping.'),
        ready: z.boolean().describe('Everything in it can be ordered.'),
        sellers: z.array(z.object({ sellerId: z.int(), sellerName: z.string(), items: z.array(BasketItemView) })),
      }),
    ),
  })
  .meta({ id: 'Basket' });
export type BasketView = z.infer<typeof BasketView>;
