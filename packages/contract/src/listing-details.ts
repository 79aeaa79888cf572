import { z } from 'zod';
import { ATTRIBUTES_MAX } from './choices.ts';
import { COUNTRY_CODES } from './countries.ts';
import { isAmbiguousAmount } from './amounts.ts';
import { amountProblem, PriceText } from './money.ts';
import { text } from './text.ts';

const COUNTRIES = new Set(COUNTRY_CODES);

/** ISO 3166-1, two capital letters. */
export const CountryCode = z
  .string({ error: 'A country is two letters, such as DE.' })
  .regex(/^[A-Z]{2}$/, 'A country is two letters, such as DE.')
  .refine((code) => COUNTRIES.has(code), 'There is no country with this code.')
  .meta({ example: 'PT' });

const UNITS_MESSAGE = 'A quantity is a whole number from 1 to 9,999.';
/** How many of a listing. */
export const Units = z.int({ error: UNITS_MESSAGE }).min(1, UNITS_MESSAGE).max(9999, UNITS_MESSAGE);

const DAYS_MESSAGE = 'Days to get it ready are a whole number from 0 to 90.';
const Days = z.int({ error: DAYS_MESSAGE }).min(0, DAYS_MESSAGE).max(90, DAYS_MESSAGE);

/** How it comes to its buyer. */
export const ShippingInfo = z
  .object({
    shipsFrom: CountryCode,
    /** Days until it is on its way. */
    handlingDays: z
      .object({ min: Days, max: Days })
      .refine(({ min, max }) => min <= max, { path: ['max'], error: 'The longest time is not shorter than the shortest.' }),
    /** In the listing's currency, as exact decimal text. */
    price: z.union([z.literal('free'), PriceText], {
      error: ({ input }) =>
        typeof input === 'string' && isAmbiguousAmount(input) ? amountProblem(input) : 'Shipping is "free", or has a price such as "4.90".',
    }),
    /** Where it is sent to. None where it is only picked up. */
    destinations: z.union([z.literal('worldwide'), z.array(CountryCode).max(COUNTRY_CODES.length)], {
      error: 'Destinations are "worldwide" or a list of countries.',
    }),
    /** Buyers may come for it. */
    pickup: z.boolean().default(false),
  })
  .refine(({ destinations, pickup }) => pickup || destinations.length > 0, {
    path: ['destinations'],
    error: 'Say where it is sent to, or that it can be picked up.',
  })
  .refine(({ destinations }) => destinations === 'worldwide' || new Set(destinations).size === destinations.length, {
    path: ['destinations'],
    error: 'A country is named once.',
  })
  .meta({
    id: 'ShippingInfo',
    example: { shipsFrom: 'PT', handlingDays: { min: 1, max: 3 }, price: '6.50', destinations: ['PT', 'ES', 'FR'], pickup: true },
  });
export type ShippingInfo = z.infer<typeof ShippingInfo>;

/** What else there is to know of it: "Material": "Oak". */
export const ListingAttribute = z.object({
  name: text({ name: 'The name of an attribute', min: 1, max: 40 }),
  value: text({ name: 'The value of an attribute', min: 1, max: 200 }),
});
export type ListingAttribute = z.infer<typeof ListingAttribute>;

/** In the order in which they are shown; each name once, however it is written. */
export const ListingMetadata = z
  .array(ListingAttribute)
  .max(ATTRIBUTES_MAX, `A listing has at most ${ATTRIBUTES_MAX} attributes.`)
  .refine((all) => new Set(all.map(({ name }) => name.toLowerCase())).size === all.length, 'Each attribute is named once.');
export type ListingMetadata = z.infer<typeof ListingMetadata>;
