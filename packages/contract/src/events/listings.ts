import { z } from 'zod';
import { fact, id } from './fact.ts';

const ofSeller = ({ sellerId }: { sellerId: number }) => sellerId;

export const LISTING_FACTS = {
  /** `listingId` is null where many changed at once; `created` is true for a new one. */
  'listing.changed': fact({ sellerId: id, listingId: id.nullable(), created: z.boolean().optional() }, ofSeller),
  'category.changed': fact({ path: z.string() }, () => 0),
};
