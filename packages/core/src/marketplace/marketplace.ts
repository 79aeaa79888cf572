import type {
  DashboardQuery,
  OwnListing,
  SellerKey,
  UnifiedListingInput,
  UnifiedListingsQuery,
  UnifiedProfileInput,
  UnifiedSellerDashboard,
  UnifiedSellerListings,
  UnifiedSellerProfile,
} from '@assay/contract';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { imagesOf } from '../images/views.ts';
import { getRatingDashboard } from '../insights/dashboard.ts';
import { createListing } from '../listings/create-listing.ts';
import { listOwnListings } from '../listings/list-own-listings.ts';
import { listOrders } from '../orders/orders.ts';
import { profileAndAbout } from '../sellers/profile.ts';
import { DEFAULT_TIER } from '../sellers/ports.ts';
import { getSeller, updateStore } from '../sellers/sellers.ts';
import { listStoreListings } from '../stores/store-page.ts';
import { requireSellerThemselves, resolveSeller } from './resolve-seller.ts';
import { toUnifiedListing, toUnifiedProfile, type ProfileParts } from './views.ts';

const SALES_SHOWN = 20;
const LISTINGS_SHOWN = 24;

async function profileOf(ctx: Context, id: number): Promise<UnifiedSellerProfile> {
  const [seller, parts] = await Promise.all([getSeller(ctx, id), partsOf(ctx, id)]);
  return toUnifiedProfile(seller, parts);
}

async function partsOf(ctx: Context, id: number): Promise<ProfileParts> {
  const { sellers, stores } = ctx.repos;
  const [walletAddress, { profile, about }, covers, completedSales, followers] = await Promise.all([
    sellers.walletOf(id),
    profileAndAbout(ctx, id),
    imagesOf(ctx, 'cover', [id]),
    sellers.completedSales(id),
    stores.countFollowers(id),
  ]);
  const { tierId, updatedAt } = profile ?? { tierId: DEFAULT_TIER, updatedAt: new Date(0) };
  return { walletAddress, about, cover: covers.get(id) ?? null, completedSales, followers, tierId, updatedAt };
}

/** A seller, for everybody. @throws AppError NOT_FOUND, SELLER_NOT_FOUND */
export async function getUnifiedProfile(ctx: Context, seller: SellerKey): Promise<UnifiedSellerProfile> {
  return profileOf(ctx, await resolveSeller(ctx, seller));
}

/** What a seller offers now, newest first, page by page, for everybody. @throws AppError NOT_FOUND, SELLER_NOT_FOUND, INVALID_CURSOR */
export async function getUnifiedListings(
  ctx: Context,
  { seller, ...query }: UnifiedListingsQuery & { seller: SellerKey },
): Promise<UnifiedSellerListings> {
  const id = await resolveSeller(ctx, seller);
  const [{ listingCount: total }, page] = await Promise.all([getSeller(ctx, id), listStoreListings(ctx, { sellerId: id, ...query })]);
  return { ...page, items: page.items.map(toUnifiedListing), total };
}

/**
 * The actor's own dashboard as a seller.
 * @throws AppError NOT_FOUND, UNAUTHENTICATED, FORBIDDEN, SELLER_NOT_FOUND (also for who does not sell yet)
 */
export async function getUnifiedDashboard(ctx: Context, input: DashboardQuery & { seller: SellerKey }): Promise<UnifiedSellerDashboard> {
  const { seller, ...query } = input;
  const id = await requireSellerThemselves(ctx, seller);
  const [profile, listings, sales, ratings] = await Promise.all([
    profileOf(ctx, id),
    listOwnListings(ctx, { sort: 'updated', limit: LISTINGS_SHOWN }),
    listOrders(ctx, { as: 'seller', limit: SALES_SHOWN }),
    getRatingDashboard(ctx, query).catch(nullWhereOff),
  ]);
  return { profile, listings: listings.items.map(toUnifiedListing), listingCounts: listings.counts, sales: sales.items, ratings };
}

function nullWhereOff(error: unknown): null {
  if (error instanceof AppError && error.code === 'RATINGS_OFF') return null;
  throw error;
}

/**
 * Changes the actor's own profile, and opens their store if they have none.
 * @throws AppError NOT_FOUND, UNAUTHENTICATED, FORBIDDEN, SELLER_NOT_FOUND
 */
export async function saveUnifiedProfile(ctx: Context, input: UnifiedProfileInput & { seller: SellerKey }): Promise<UnifiedSellerProfile> {
  const { seller, displayName, ...rest } = input;
  const id = await requireSellerThemselves(ctx, seller);
  const saved = await updateStore(ctx, { ...rest, fullName: displayName });
  return toUnifiedProfile(saved, await partsOf(ctx, id));
}

/**
 * Offers something for sale in the actor's own store; {@link toUnifiedListing} is the answer.
 * @throws AppError NOT_FOUND, UNAUTHENTICATED, FORBIDDEN, SELLER_NOT_FOUND, and as {@link createListing}
 */
export async function createUnifiedListing(ctx: Context, input: UnifiedListingInput & { seller: SellerKey }): Promise<OwnListing> {
  const { seller, ...listing } = input;
  await requireSellerThemselves(ctx, seller);
  return createListing(ctx, { ...listing, publish: true });
}
