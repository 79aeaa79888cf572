import { z } from 'zod';
import { Timestamp } from './common.ts';
import { ImageView } from './images.ts';
import { Currency, fitsCurrency, PriceText } from './money.ts';
import { CATEGORIES } from './choices.ts';
import { text } from './text.ts';

export const Category = z.enum(CATEGORIES);
export type Category = z.infer<typeof Category>;

export const LISTING_STATUSES = ['draft', 'active', 'paused', 'sold', 'archived'] as const;

/** What a new listing says of itself. */
export const LISTING_FIELDS = {
  title: text({ name: 'A title', min: 1, max: 255 }),
  description: text({ name: 'A description', max: 4000, multiline: true }).optional(),
  price: PriceText,
  currency: Currency,
  category: Category.default('Other'),
};

/** The same with a price that its currency can have. */
export const withFittingPrice = <S extends z.ZodType<{ price: string; currency: Currency }>>(schema: S): S =>
  schema.refine((listing) => fitsCurrency(listing.price, listing.currency), {
    path: ['price'],
    error: 'The price has more decimals than the currency.',
  });

export const CreateListingInput = withFittingPrice(z.object(LISTING_FIELDS)).meta({
  id: 'CreateListingInput',
  example: {
    title: 'Serving bowl, 28 cm',
    description: 'Ash glaze, wheel-thrown.',
    price: '86.00',
    currency: 'EUR',
    category: 'Ceramics',
  },
});
export type CreateListingInput = z.infer<typeof CreateListingInput>;

export const ListingView = z
  .object({
    id: z.int(),
    sellerId: z.int(),
    sellerName: z.string(),
    title: z.string(),
    description: z.string().nullable(),
    price: z.string(),
    currency: z.string(),
    category: Category,
    status: z.enum(LISTING_STATUSES),
    /** The first of its images. */
    image: ImageView.nullable(),
    createdAt: Timestamp,
  })
  .meta({ id: 'Listing' });
export type ListingView = z.infer<typeof ListingView>;
