import { z } from 'zod';
import { CategoryPath } from './categories.ts';
import { SELLER_SORTS } from './choices.ts';
import { Cursor, Flag, pageSize, Timestamp } from './common.ts';
import { ImageView } from './images.ts';
import { FoundListing } from './listing-search.ts';
import { ListingView } from './listings.ts';
import { StruckRatingView } from './moderation.ts';
import { CanRate, RatingPage, RatingSummary } from './ratings.ts';
import { SellerAbout } from './seller-about.ts';
import { StoreView } from './store-view.ts';
import { PersonName } from './names.ts';
import { text } from './text.ts';

export const SellerView = z
  .object({
    id: z.int(),
    name: z.string(),
    bio: z.string().nullable(),
    location: z.string().nullable(),
    sellingSince: Timestamp,
    listingCount: z.int(),
    /** On vacation: the store takes no orders until then. Null when it is open. */
    closedUntil: Timestamp.nullable(),
    /** The profile image. */
    image: ImageView.nullable(),
    /** Null for a reader who has no ratings: no badge is shown then. */
    summary: RatingSummary.nullable(),
  })
  .meta({ id: 'Seller' });
export type SellerView = z.infer<typeof SellerView>;

export const FindSellersQuery = z.object({
  q: text({ name: 'A search', max: 100 }).optional(),
  category: CategoryPath.optional().describe('With everything below it.'),
  scored: Flag.optional().describe('Only sellers with a score: 3 ratings or more.'),
  sort: z.enum(SELLER_SORTS, { error: 'Sort by rating, ratings or newest.' }).default('rating'),
  limit: pageSize(12, 50),
  cursor: Cursor.optional(),
});
export type FindSellersQuery = z.infer<typeof FindSellersQuery>;

export const SellerPage = z
  .object({ items: z.array(SellerView), nextCursor: z.string().nullable(), total: z.int() })
  .meta({ id: 'SellerPage' });
export type SellerPage = z.infer<typeof SellerPage>;

/** Everything that a seller's page shows. */
export const SellerPageData = z.object({
  seller: SellerView,
  about: SellerAbout,
  cover: ImageView.nullable(),
  store: StoreView,
  /** Does the reader follow it? Null for visitors, and for the seller themselves. */
  following: z.boolean().nullable(),
  listings: z.array(ListingView),
  /** Where the listings go on; null where these are all. */
  listingsCursor: z.string().nullable(),
  /** Null for a reader who has no ratings. */
  ratings: RatingPage.nullable(),
  canRate: CanRate.nullable(),
  /** Ratings that a moderator struck out: visible, not counted. */
  struck: z.array(StruckRatingView),
});
export type SellerPageData = z.infer<typeof SellerPageData>;

export const StoreInput = z.object({
  fullName: PersonName,
  bio: text({ name: 'The description', max: 2000, multiline: true }).nullable(),
  location: text({ name: 'The place', max: 100 }).nullable(),
});
export type StoreInput = z.infer<typeof StoreInput>;

/** What the first page shows. */
export const Storefront = z.object({
  /** The widest ones that have something for sale. */
  categories: z.array(z.object({ path: z.string(), name: z.string(), sellers: z.int() })),
  sellerCount: z.int(),
  newSellers: z.array(SellerView),
  recentListings: z.array(FoundListing),
});
export type Storefront = z.infer<typeof Storefront>;
