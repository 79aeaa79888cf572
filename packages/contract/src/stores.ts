import { z } from 'zod';
import { Cursor, Id, pageSize, Timestamp } from './common.ts';
import { ListingView } from './listings.ts';
import { SellerView } from './sellers.ts';
import { text } from './text.ts';

/** Listings that a store shows first, at most. */
export const FEATURED_MAX = 6;
/** Longest text of "about" and of each policy. */
export const STORE_TEXT_MAX = 4000;

const ACCENT_MESSAGE = 'A colour is written as # and six hexadecimal digits, such as #2d5488.';

/** "#2d5488"; three digits are taken for six, capitals for small letters. */
export const AccentHex = z
  .string({ error: ACCENT_MESSAGE })
  .trim()
  .regex(/^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/, ACCENT_MESSAGE)
  .transform((hex) => (hex.length === 4 ? hex.replace(/[0-9a-f]/gi, '$&$&') : hex).toLowerCase())
  .meta({ override: { type: 'string', pattern: '^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$' }, example: '#2d5488' });

const longText = (name: string) => text({ name, max: STORE_TEXT_MAX, multiline: true }).nullable();

/** Empty text, and null, is nothing to say. */
export const StoreSettingsInput = z
  .object({
    about: longText('The text about your store'),
    accent: AccentHex.nullable(),
    shippingPolicy: longText('The text about shipping'),
    returnsPolicy: longText('The text about returns'),
    contactPolicy: longText('The text about contact'),
    /** What the settings were read with; 0 where there were none. */
    version: z.int().min(0).max(2_147_483_647),
  })
  .meta({
    id: 'StoreSettingsInput',
    example: {
      about: 'We throw every piece on the wheel.',
      accent: '#2d5488',
      shippingPolicy: 'Posted within two days.',
      returnsPolicy: '30 days, unused.',
      contactPolicy: null,
      version: 0,
    },
  });
export type StoreSettingsInput = z.infer<typeof StoreSettingsInput>;

/** What a seller has said of their store, for the seller. */
export const StoreSettings = z
  .object({
    sellerId: z.int(),
    about: z.string().nullable(),
    accent: z.string().nullable(),
    shippingPolicy: z.string().nullable(),
    returnsPolicy: z.string().nullable(),
    contactPolicy: z.string().nullable(),
    version: z.int(),
    /** Those that are for sale now, in their order. */
    featured: z.array(ListingView),
    followers: z.int(),
  })
  .meta({ id: 'StoreSettings' });
export type StoreSettings = z.infer<typeof StoreSettings>;

/** The longest vacation, in days. */
export const VACATION_DAYS_MAX = 366;

/** The day on which the store opens again (UTC), in the future; null opens it now. */
export const VacationInput = z
  .object({ closedUntil: z.iso.date({ error: 'Choose a date.' }).nullable() })
  .meta({ id: 'VacationInput', example: { closedUntil: '2026-08-24' } });
export type VacationInput = z.infer<typeof VacationInput>;

/** Listings to show first, in this order; none at all is fine. */
export const FeaturedInput = z
  .object({
    listingIds: z
      .array(Id)
      .max(FEATURED_MAX, `At most ${FEATURED_MAX} listings come first.`)
      .refine((ids) => new Set(ids).size === ids.length, 'A listing comes first only once.'),
  })
  .meta({ id: 'FeaturedInput', example: { listingIds: [3, 1] } });
export type FeaturedInput = z.infer<typeof FeaturedInput>;

export const StoreListingsQuery = z.object({ limit: pageSize(24, 48), cursor: Cursor.optional() });
export const StoreListings = z.object({ items: z.array(ListingView), nextCursor: z.string().nullable() }).meta({ id: 'StoreListings' });
export type StoreListings = z.infer<typeof StoreListings>;

export const FollowState = z.object({ sellerId: z.int(), following: z.boolean(), followers: z.int() }).meta({ id: 'FollowState' });
export type FollowState = z.infer<typeof FollowState>;

export const FollowingQuery = z.object({ limit: pageSize(12, 48), cursor: Cursor.optional() });

/** A store that the reader follows. */
export const FollowedStore = z
  .object({
    seller: SellerView,
    followedAt: Timestamp,
    /** The newest ones that are for sale. */
    listings: z.array(ListingView),
    /** How many of all that are for sale came since the last look; null at the first. */
    newListings: z.int().nullable(),
  })
  .meta({ id: 'FollowedStore' });
export type FollowedStore = z.infer<typeof FollowedStore>;

export const Following = z
  .object({
    items: z.array(FollowedStore),
    nextCursor: z.string().nullable(),
    total: z.int(),
    lastLookAt: Timestamp.nullable(),
  })
  .meta({ id: 'Following' });
export type Following = z.infer<typeof Following>;
