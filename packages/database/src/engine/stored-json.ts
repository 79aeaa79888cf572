import type { ListingMetadata, ShippingInfo } from '@assay/contract';
import { z } from 'zod';

// JSON columns that lists read. The shape alone is checked: the rules of inputs cost more than the statement, and a rule that
// becomes stricter must leave stored rows readable.

export const StoredMetadata = z.array(z.object({ name: z.string(), value: z.string() })) satisfies z.ZodType<ListingMetadata>;

const Shipping = z.object({
  shipsFrom: z.string(),
  handlingDays: z.object({ min: z.number(), max: z.number() }),
  price: z.string(),
  destinations: z.union([z.literal('worldwide'), z.array(z.string())]),
  pickup: z.boolean(),
}) satisfies z.ZodType<ShippingInfo>;

/** A listing without shipping info holds an empty object. */
export const StoredShippingInfo = {
  parse: (value: unknown): ShippingInfo | null =>
    typeof value === 'object' && value !== null && Object.keys(value).length === 0 ? null : Shipping.parse(value),
};
