import { z } from 'zod';
import { decimalOf } from './amounts.ts';
import { CategoryPath } from './categories.ts';
import { BULK_MAX } from './choices.ts';
import { Id } from './common.ts';
import { ShippingInfo, Units } from './listing-details.ts';
import { ListingMove } from './listings.ts';
import { fitsCurrency } from './amounts.ts';
import { Currency } from './money.ts';

/** Signed decimal text: "-10", "+12.5", also read from "12,5". */
const signed = (decimals: number, message: string) =>
  z
    .string({ error: message })
    .overwrite(decimalOf)
    .regex(new RegExp(`^[+-]?\\d{1,10}(\\.\\d{1,${decimals}})?$`), message)
    .refine((value) => /[1-9]/.test(value), 'A change of nothing changes nothing.');

const PERCENT_MESSAGE = 'The share is a number such as -10 or 12.5, from -99.99 to 1000.';

/** What is done to each of the listings. */
export const BulkChange = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('move'), move: ListingMove }),
    z.object({ kind: z.literal('category'), category: CategoryPath }),
    z.object({
      kind: z.literal('price-percent'),
      percent: signed(2, PERCENT_MESSAGE).refine((value) => Number(value) > -100 && Number(value) <= 1000, PERCENT_MESSAGE),
    }),
    z
      .object({
        kind: z.literal('price-amount'),
        amount: signed(8, 'The amount is a number such as -5.00 or 0.5.'),
        currency: Currency.describe('Listings in other currencies stay as they are.'),
      })
      .refine(({ amount, currency }) => fitsCurrency(amount, currency), {
        path: ['amount'],
        error: 'The amount has more decimals than the currency.',
      }),
    z.object({ kind: z.literal('quantity'), quantity: Units }),
    z.object({ kind: z.literal('escrow'), escrowEnabled: z.boolean() }),
    z.object({ kind: z.literal('shipping'), shippingInfo: ShippingInfo }),
  ],
  { error: 'The kind of change is move, category, price-percent, price-amount, quantity, escrow or shipping.' },
);
export type BulkChange = z.infer<typeof BulkChange>;

export const BulkEditInput = z
  .object({
    ids: z
      .array(Id)
      .min(1, 'Choose a listing.')
      .max(BULK_MAX, `At most ${BULK_MAX} listings at once.`)
      .refine((ids) => new Set(ids).size === ids.length, 'Each listing is named once.'),
    change: BulkChange,
    preview: z.boolean().default(false).describe('Only says what would change.'),
  })
  .meta({
    id: 'BulkEditInput',
    description:
      'A price is changed in exact decimal arithmetic and rounded to the digits of its currency, half away from zero. ' +
      'Each listing is changed or refused by itself.',
    example: { ids: [1, 2], change: { kind: 'price-percent', percent: '-10' }, preview: true },
  });
export type BulkEditInput = z.infer<typeof BulkEditInput>;

export const BulkItem = z.object({
  id: z.int(),
  /** Null for one that is not the caller's. */
  title: z.string().nullable(),
  outcome: z.enum(['changed', 'unchanged', 'refused']),
  /** Why it was refused. */
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** What changes, for people: "34.00 EUR" → "30.60 EUR". */
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type BulkItem = z.infer<typeof BulkItem>;

export const BulkEditResult = z
  .object({
    items: z.array(BulkItem),
    changed: z.int(),
    unchanged: z.int(),
    refused: z.int(),
    preview: z.boolean(),
  })
  .meta({ id: 'BulkEditResult' });
export type BulkEditResult = z.infer<typeof BulkEditResult>;
