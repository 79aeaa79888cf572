import { z } from 'zod';
import { ListingView } from './listings.ts';

/** What a seller says of their store, for everybody, and how many follow it. */
export const StoreView = z
  .object({
    about: z.string().nullable(),
    accent: z.string().nullable(),
    policies: z.object({ shipping: z.string().nullable(), returns: z.string().nullable(), contact: z.string().nullable() }),
    followers: z.int(),
    /** Listings that come first; all of them are for sale. */
    featured: z.array(ListingView),
  })
  .meta({ id: 'Store' });
export type StoreView = z.infer<typeof StoreView>;
