import { z } from 'zod';
import { CategoryPath, OTHER_CATEGORY } from './categories.ts';
import { IMAGES_OF, LISTING_MOVE_NAMES, LISTING_SORTS, LISTING_STATUSES } from './choices.ts';
import { Cursor, Id, pageSize, Timestamp } from './common.ts';
import { ImageView } from './images.ts';
import { ListingMetadata, ShippingInfo, Units } from './listing-details.ts';
import { fitsCurrency } from './amounts.ts';
import { Currency, PriceText } from './money.ts';
import { text } from './text.ts';

export const ListingStatus = z.enum(LISTING_STATUSES, { error: `The status is one of ${LISTING_STATUSES.join(', ')}.` });
export type ListingStatus = z.infer<typeof ListingStatus>;

export const ListingMove = z.enum(LISTING_MOVE_NAMES, { error: `The move is one of ${LISTING_MOVE_NAMES.join(', ')}.` });
export type ListingMove = z.infer<typeof ListingMove>;

/** What a listing says of itself. */
export const LISTING_FIELDS = {
  title: text({ name: 'A title', min: 1, max: 255 }),
  description: text({ name: 'A description', max: 4000, multiline: true }).nullable(),
  price: PriceText,
  currency: Currency,
  category: CategoryPath,
  escrowEnabled: z.boolean().describe('The payment is kept until the buyer has it.'),
  shippingInfo: ShippingInfo.nullable(),
  metadata: ListingMetadata,
  quantity: Units.describe('Units that are not sold yet, those that orders have reserved too.'),
};

/** What may be left out of a new listing. */
const OPTIONAL_FIELDS = {
  description: LISTING_FIELDS.description.optional(),
  category: LISTING_FIELDS.category.default(OTHER_CATEGORY),
  escrowEnabled: LISTING_FIELDS.escrowEnabled.default(false),
  shippingInfo: LISTING_FIELDS.shippingInfo.default(null),
  metadata: LISTING_FIELDS.metadata.default([]),
  quantity: LISTING_FIELDS.quantity.default(1),
  images: z.array(Id).max(IMAGES_OF.listing).default([]).describe('Uploads of mine for a listing, in their order.'),
};

interface Priced {
  price?: string | null | undefined;
  currency?: Currency | undefined;
  shippingInfo?: ShippingInfo | null | undefined;
}

/** What is wrong with the amounts in that currency, by field. */
export function misfits({ price, shippingInfo }: Omit<Priced, 'currency'>, currency: Currency): { path: string[]; message: string }[] {
  const wrong = [];
  if (price && !fitsCurrency(price, currency)) wrong.push({ path: ['price'], message: 'The price has more decimals than the currency.' });
  if (shippingInfo && shippingInfo.price !== 'free' && !fitsCurrency(shippingInfo.price, currency))
    wrong.push({ path: ['shippingInfo', 'price'], message: 'The price of shipping has more decimals than the currency.' });
  return wrong;
}

/** The same with amounts that the currency can have. */
export const withFittingPrice = <S extends z.ZodType<Priced>>(schema: S): S =>
  schema.superRefine((listing, ctx) => {
    if (!listing.currency) return; // an edit that keeps it: the use case knows which
    for (const { path, message } of misfits(listing, listing.currency)) ctx.addIssue({ code: 'custom', path, message });
  });

export const CreateListingInput = withFittingPrice(
  z.object({
    title: LISTING_FIELDS.title,
    price: PriceText.optional().describe('A draft may go without.'),
    currency: Currency,
    ...OPTIONAL_FIELDS,
    publish: z.boolean().default(false).describe('Offers it at once. Otherwise it is a draft, which its seller alone sees.'),
  }),
).meta({
  id: 'CreateListingInput',
  example: {
    title: 'Serving bowl, 28 cm',
    description: 'Ash glaze, wheel-thrown.',
    price: '86.00',
    currency: 'EUR',
    category: 'ceramics/bowls',
    shippingInfo: { shipsFrom: 'PT', handlingDays: { min: 1, max: 3 }, price: '6.50', destinations: 'worldwide', pickup: false },
    metadata: [{ name: 'Material', value: 'Stoneware' }],
    publish: true,
  },
});
export type CreateListingInput = z.infer<typeof CreateListingInput>;

/** What is left out stays as it is. */
export const EditListingInput = withFittingPrice(
  z
    .object({ ...LISTING_FIELDS, price: PriceText.nullable().describe('Null: none yet, in a draft that was never published.') })
    .partial()
    .extend({
      version: z.int().min(1).describe('Which one was looked at: an edit of another one is refused.'),
    }),
).meta({ id: 'EditListingInput', example: { version: 1, price: '79.00' } });
export type EditListingInput = z.infer<typeof EditListingInput>;

export const ListingView = z
  .object({
    id: z.int(),
    sellerId: z.int(),
    sellerName: z.string(),
    title: z.string(),
    description: z.string().nullable(),
    /** Exact decimal text; zero in a draft that has no price yet. */
    price: z.string(),
    currency: z.string(),
    /** Its path. */
    category: z.string(),
    categoryName: z.string(),
    status: ListingStatus,
    escrowEnabled: z.boolean(),
    /** Null where nothing is said of it. */
    shippingInfo: ShippingInfo.nullable(),
    metadata: ListingMetadata,
    quantity: z.int().describe('Units that are not sold yet.'),
    available: z.int().describe('Units that can be ordered now: orders that are not paid yet have reserved the others.'),
    /** The first of its images. */
    image: ImageView.nullable(),
    /** Changes with each edit, each move and each sale. */
    version: z.int(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
    /** When it was first for sale; null until then. */
    publishedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Listing' });
export type ListingView = z.infer<typeof ListingView>;

/** What its seller sees of a listing. */
export const OwnListing = ListingView.extend({
  /** What can be done with it now. */
  moves: z.array(ListingMove),
  /** It was never published, so it can be thrown away. */
  deletable: z.boolean(),
}).meta({ id: 'OwnListing' });
export type OwnListing = z.infer<typeof OwnListing>;

export const OwnListingsQuery = z.object({
  status: ListingStatus.optional(),
  q: text({ name: 'A search', max: 100 }).optional().describe('In the title.'),
  sort: z.enum(LISTING_SORTS, { error: 'Sort by updated, newest or oldest.' }).default('updated'),
  limit: pageSize(25, 100),
  cursor: Cursor.optional(),
});
export type OwnListingsQuery = z.infer<typeof OwnListingsQuery>;

export const OwnListingsPage = z
  .object({
    items: z.array(OwnListing),
    nextCursor: z.string().nullable(),
    /** How many the search finds, by status. */
    counts: z.record(ListingStatus, z.int()),
  })
  .meta({ id: 'OwnListingsPage' });
export type OwnListingsPage = z.infer<typeof OwnListingsPage>;

export const ListingEventView = z.object({ from: ListingStatus.nullable(), to: ListingStatus, at: Timestamp });
/** A listing of mine with its moves. */
export const OwnListingDetail = OwnListing.extend({ events: z.array(ListingEventView) }).meta({ id: 'OwnListingDetail' });
export type OwnListingDetail = z.infer<typeof OwnListingDetail>;
