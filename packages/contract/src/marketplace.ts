import { z } from 'zod';
import { decimalOf } from './amounts.ts';
import { Cursor, pageSize, Timestamp } from './common.ts';
import { RatingDashboard } from './insights.ts';
import { CreateListingInput, ListingView, OwnListingsPage, withFittingPrice } from './listings.ts';
import { PRICE_FORMAT, PriceText } from './money.ts';
import { OrderView } from './orders.ts';
import { ProfileInput } from './profile.ts';
import { SellerAbout } from './seller-about.ts';
import { SellerView } from './sellers.ts';

const KEY_MESSAGE = 'A seller is named by a wallet address, 0x and 40 hexadecimal digits, or by their number.';

/** Whom a path names: a seller by wallet, or by number, which those without a wallet have too. */
export const SellerKey = z
  .string({ error: KEY_MESSAGE })
  .regex(/^(?:0x[0-9a-fA-F]{40}|[1-9]\d{0,9})$/, KEY_MESSAGE)
  .transform((key): { wallet: string } | { id: number } => (key.startsWith('0x') ? { wallet: key.toLowerCase() } : { id: Number(key) }))
  .meta({ override: { type: 'string', pattern: '^(0x[0-9a-fA-F]{40}|[1-9][0-9]{0,9})$' }, example: '2' });
export type SellerKey = z.infer<typeof SellerKey>;

/** A seller, as every part of the product and every client of it sees one. */
export const UnifiedSellerProfile = z
  .object({
    sellerId: z.int(),
    /** Lower case; the first that was linked. Null for sellers without a wallet. */
    walletAddress: z.string().nullable(),
    displayName: z.string(),
    bio: z.string().nullable(),
    location: z.string().nullable(),
    profileImage: SellerView.shape.image,
    coverImage: SellerView.shape.image,
    ...SellerAbout.shape,
    tierId: z.string(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
    stats: z.object({
      activeListings: z.int(),
      completedSales: z.int(),
      followers: z.int(),
      ratings: SellerView.shape.summary,
    }),
  })
  .meta({ id: 'UnifiedSellerProfile' });
export type UnifiedSellerProfile = z.infer<typeof UnifiedSellerProfile>;

/** Something for sale, with its price as exact decimal text. */
export const UnifiedSellerListing = ListingView.omit({ sellerName: true }).meta({ id: 'UnifiedSellerListing' });
export type UnifiedSellerListing = z.infer<typeof UnifiedSellerListing>;

export const UnifiedListingsQuery = z.object({ limit: pageSize(24, 100), cursor: Cursor.optional() });
export type UnifiedListingsQuery = z.infer<typeof UnifiedListingsQuery>;

export const UnifiedSellerListings = z
  .object({
    items: z.array(UnifiedSellerListing),
    nextCursor: z.string().nullable(),
    /** How many there are in all. */
    total: z.int(),
  })
  .meta({ id: 'UnifiedSellerListings' });
export type UnifiedSellerListings = z.infer<typeof UnifiedSellerListings>;

/** What a seller looks at first. */
export const UnifiedSellerDashboard = z
  .object({
    profile: UnifiedSellerProfile,
    /** Those that changed last, drafts, paused, sold and archived ones too. */
    listings: z.array(UnifiedSellerListing),
    /** How many there are of each status. */
    listingCounts: OwnListingsPage.shape.counts,
    /** The newest ones. */
    sales: z.array(OrderView),
    /** Null where ratings are switched off. */
    ratings: RatingDashboard.nullable(),
  })
  .meta({ id: 'UnifiedSellerDashboard' });
export type UnifiedSellerDashboard = z.infer<typeof UnifiedSellerDashboard>;

/** What is left out stays as it is. */
export const UnifiedProfileInput = z
  .object({ displayName: ProfileInput.shape.fullName, ...ProfileInput.omit({ fullName: true }).shape })
  .meta({ id: 'UnifiedProfileInput', example: { displayName: 'Kiln & Co.', bio: 'Stoneware for every day.' } });
export type UnifiedProfileInput = z.infer<typeof UnifiedProfileInput>;

/** How many digits of a number a double keeps: those of its decimal text, without zeros at either end. */
const significantDigits = (price: number): number =>
  String(price)
    .replace(/e.*$/, '')
    .replace('.', '')
    .replace(/^0+|0+$/g, '').length;

/** A JSON number as the decimal text that was typed, 5e-7 as 0.0000005; one that a double cannot hold exactly enough is refused. */
const PriceNumber = z
  .number()
  .positive('The price is above zero.')
  .refine((price) => significantDigits(price) <= 15, 'Send a price of so many digits as text.')
  .transform((price) => decimalOf(String(price)));

/** The sentence of the kind that was sent: a union has none of its own. */
const priceProblem = ({ input, errors }: { input?: unknown; errors?: { message: string }[][] }): string => {
  const [ofText, ofNumber] = errors ?? [];
  return (typeof input === 'number' ? ofNumber : ofText)?.[0]?.message ?? PRICE_FORMAT;
};

const { price: _optional, publish: _publish, ...NEW_LISTING } = CreateListingInput.shape;

/** As for a listing that is published at once; the price may also be a number. */
export const UnifiedListingInput = withFittingPrice(
  z.object({ ...NEW_LISTING, price: z.union([PriceText, PriceNumber.pipe(PriceText)], { error: priceProblem }) }),
).meta({
  id: 'UnifiedListingInput',
  example: { title: 'Serving bowl, 28 cm', price: 86, currency: 'EUR', category: 'ceramics/bowls' },
});
export type UnifiedListingInput = z.infer<typeof UnifiedListingInput>;
