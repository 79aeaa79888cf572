import {
  foldForSearch,
  shownName,
  summaryOf,
  type FindSellersQuery,
  type ImageView,
  type ProfileChange,
  type SellerPage,
  type SellerView,
  type Storefront,
} from '@assay/contract';
import { cached } from '../cache/cached.ts';
import { sellerEntry, storefrontEntry } from '../cache/parts.ts';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Reads } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../kernel/cursor.ts';
import { imagesOf } from '../images/views.ts';
import { toListingsWithScores } from '../listings/views.ts';
import { publicName } from '../accounts/rules.ts';
import { publishRenamedRater } from '../ratings/rater-renamed.ts';
import { hasRatings } from '../ratings/ratings-on.ts';
import { openProfile } from './open-profile.ts';
import { SELLER_SORT_KEYS, type ProfileRow, type SellerRow } from './ports.ts';
import { requireSeller } from './require-seller.ts';

/** @param ratings whether the reader has ratings: without them there is no score */
export function toSellerView(row: SellerRow, ratings: boolean, image: ImageView | null): SellerView {
  const { id, name, bio, location, listingCount, closedUntil, sellingSince, histogram } = row;
  return {
    id,
    name: shownName(name),
    bio,
    location,
    listingCount,
    closedUntil: closedUntil?.toISOString() ?? null,
    image,
    sellingSince: sellingSince.toISOString(),
    summary: ratings ? summaryOf(id, histogram) : null,
  };
}

/** Sellers as this reader sees them, with their profile images. */
export async function sellerViews(ctx: Reads, rows: readonly SellerRow[], ratings: boolean): Promise<(row: SellerRow) => SellerView> {
  const images = await imagesOf(
    ctx,
    'profile',
    rows.map(({ id }) => id),
  );
  return (row) => toSellerView(row, ratings, images.get(row.id) ?? null);
}

/**
 * Sellers by name and category. Those with a score come before new ones. For readers without the rating feature they come newest first, and
 * with a score or without. @throws AppError INVALID_CURSOR
 */
export async function findSellers(ctx: Context, asked: FindSellersQuery): Promise<SellerPage> {
  const ratings = await hasRatings(ctx);
  const query: FindSellersQuery = ratings ? asked : { ...asked, sort: 'newest', scored: false };
  const kind = `sellers-${query.sort}`;
  const filter = {
    ...(query.q ? { search: foldForSearch(query.q) } : {}),
    ...(query.category ? { category: query.category } : {}),
    ...(query.scored ? { scored: true } : {}),
  };
  const after = query.cursor ? decodeCursor(query.cursor, kind, Array<'number'>(SELLER_SORT_KEYS[query.sort]).fill('number')) : undefined;
  const [rows, total] = await Promise.all([
    ctx.repos.sellers.find({ ...filter, sort: query.sort, limit: query.limit + 1, after }),
    ctx.repos.sellers.count(filter),
  ]);
  return {
    ...toPage(rows, query.limit, await sellerViews(ctx, rows, ratings), (row) => encodeCursor(kind, row.sortKeys)),
    total,
  };
}

/** @throws AppError SELLER_NOT_FOUND */
export async function getSeller(ctx: Context, id: number): Promise<SellerView> {
  const ratings = await hasRatings(ctx);
  return cached(ctx, sellerEntry(id, ratings), () => readSeller(ctx, id, ratings));
}

/** The same as of now. @throws AppError SELLER_NOT_FOUND */
export async function readSeller(ctx: Context, id: number, ratings: boolean): Promise<SellerView> {
  const row = await requireSeller(ctx.repos, id);
  return (await sellerViews(ctx, [row], ratings))(row);
}

/** What the first page shows, besides the list of sellers. */
export async function getStorefront(ctx: Context): Promise<Storefront> {
  const ratings = await hasRatings(ctx);
  return cached(ctx, storefrontEntry(ratings), () => readStorefront(ctx, ratings));
}

async function readStorefront(ctx: Context, ratings: boolean): Promise<Storefront> {
  const { sellers, listings } = ctx.repos;
  const [categories, sellerCount, newSellers, recent] = await Promise.all([
    sellers.countByCategory(),
    sellers.count({}),
    ratings ? sellers.listNew(3) : [],
    listings.listRecent(4),
  ]);
  return {
    categories,
    sellerCount,
    newSellers: newSellers.map(await sellerViews(ctx, newSellers, ratings)),
    recentListings: await toListingsWithScores(ctx, recent, ratings),
  };
}

/**
 * What my store says of me, or some of it; opens the store if I have none. @throws AppError UNAUTHENTICATED
 */
export async function updateStore(
  ctx: Context,
  input: { [Field in keyof ProfileChange]?: ProfileChange[Field] | undefined },
): Promise<SellerView> {
  const actor = requireUser(ctx.actor);
  const ratings = await hasRatings(ctx);
  return ctx.change(async (tx) => {
    const before = (await tx.repos.sellers.names([actor.id])).get(actor.id) ?? '';
    await openProfile(tx, actor.id);
    await tx.repos.sellers.updateStore(
      actor.id,
      {
        ...(input.fullName === undefined ? {} : { fullName: input.fullName, searchName: foldForSearch(input.fullName) }),
        ...(input.bio === undefined ? {} : { bio: input.bio || null }),
        ...(input.location === undefined ? {} : { location: input.location || null }),
        ...restOf(input),
      },
      tx.at,
    );
    const row = await requireSeller(tx.repos, actor.id);
    const fields = Object.keys(input).filter((field) => input[field as keyof ProfileChange] !== undefined);
    await tx.audit('profile.saved', 'user', actor.id, { fields });
    await tx.publish('seller.updated', { sellerId: actor.id });
    await publishRenamedRater(tx, { userId: actor.id, publicName: publicName(before) !== publicName(input.fullName ?? before) });
    return (await sellerViews(tx, [row], ratings))(row);
  });
}

type Rest = Pick<ProfileRow, 'contactEmail' | 'showContactEmail' | 'website' | 'socialLinks'>;

function restOf({ contactEmail, showContactEmail, website, socialLinks }: Parameters<typeof updateStore>[1]): Partial<Rest> {
  const given = Object.entries(socialLinks ?? {}).filter(([, address]) => address);
  return {
    contactEmail,
    showContactEmail,
    website,
    ...(socialLinks === undefined ? {} : { socialLinks: Object.fromEntries(given) as Rest['socialLinks'] }),
  };
}
