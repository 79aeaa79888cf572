import {
  foldForSearch,
  summaryOf,
  type FindSellersQuery,
  type SellerPage,
  type SellerView,
  type Storefront,
  type StoreInput,
} from '@assay/contract';
import { publicName } from '../accounts/rules.ts';
import { cached } from '../cache/cached.ts';
import { sellerEntry, STOREFRONT_ENTRY } from '../cache/parts.ts';
import { requireUser } from '../context/actor.ts';
import type { Context, Store } from '../context/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../context/cursor.ts';
import { AppError } from '../context/errors.ts';
import { toListingView } from '../listings/listings.ts';
import { SELLER_SORT_KEYS, type SellerRow } from './ports.ts';

export function toSellerView(row: SellerRow): SellerView {
  const { id, name, bio, location, listingCount, sellingSince, histogram } = row;
  return { id, name, bio, location, listingCount, sellingSince: sellingSince.toISOString(), summary: summaryOf(id, histogram) };
}

/** Sellers by name and category. Those with a score come before new ones. @throws AppError INVALID_CURSOR */
export async function findSellers(ctx: Context, query: FindSellersQuery): Promise<SellerPage> {
  const kind = `sellers-${query.sort}`;
  const filter = {
    ...(query.q ? { search: foldForSearch(query.q) } : {}),
    ...(query.category ? { category: query.category } : {}),
    ...(query.scored ? { scored: true } : {}),
  };
  const after = query.cursor ? decodeCursor(query.cursor, kind, Array<'number'>(SELLER_SORT_KEYS[query.sort]).fill('number')) : undefined;
  const [rows, total] = await Promise.all([
    ctx.store.sellers.find({ ...filter, sort: query.sort, limit: query.limit + 1, ...(after ? { after } : {}) }),
    ctx.store.sellers.count(filter),
  ]);
  return { ...toPage(rows, query.limit, toSellerView, (row) => encodeCursor(kind, row.sortKeys)), total };
}

/** @throws AppError SELLER_NOT_FOUND */
export function getSeller(ctx: Context, id: number): Promise<SellerView> {
  return cached(ctx, sellerEntry(id), () => readSeller(ctx, id));
}

/** The same as of now. @throws AppError SELLER_NOT_FOUND */
export async function readSeller(ctx: Context, id: number): Promise<SellerView> {
  const row = await ctx.store.sellers.findById(id);
  if (!row) throw new AppError('SELLER_NOT_FOUND');
  return toSellerView(row);
}

/** What the first page shows, besides the list of sellers. */
export function getStorefront(ctx: Context): Promise<Storefront> {
  return cached(ctx, STOREFRONT_ENTRY, () => readStorefront(ctx));
}

async function readStorefront(ctx: Context): Promise<Storefront> {
  const { sellers, listings } = ctx.store;
  const [categories, sellerCount, newSellers, recent] = await Promise.all([
    sellers.countByCategory(),
    sellers.count({}),
    sellers.listNew(3),
    listings.listRecent(4),
  ]);
  const histograms = await sellers.histograms([...new Set(recent.map((listing) => listing.sellerId))]);
  return {
    categories: categories.map(({ category, sellers: count }) => ({ name: category, sellers: count })),
    sellerCount,
    newSellers: newSellers.map(toSellerView),
    recentListings: recent.map((row) => ({
      ...toListingView(row),
      summary: summaryOf(row.sellerId, histograms.get(row.sellerId) ?? { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 }),
    })),
  };
}

/** My store's name, description and place; opens the store if I have none. @throws AppError UNAUTHENTICATED */
export async function updateStore(ctx: Context, input: StoreInput): Promise<SellerView> {
  const actor = requireUser(ctx.actor);
  return ctx.transaction(async (store) => {
    const before = (await store.sellers.names([actor.id])).get(actor.id) ?? '';
    await store.sellers.open(actor.id, ctx.now());
    await store.sellers.updateStore(
      actor.id,
      { fullName: input.fullName, searchName: foldForSearch(input.fullName), bio: input.bio || null, location: input.location || null },
      ctx.now(),
    );
    const row = await store.sellers.findById(actor.id);
    if (!row) throw new AppError('SELLER_NOT_FOUND');
    await store.outbox.append({ topic: 'seller.updated', subjectId: actor.id, payload: {} }, ctx.now());
    if (publicName(before) !== publicName(input.fullName)) await tellRenamed(ctx, store, actor.id);
    return toSellerView(row);
  });
}

/** A buyer's name stands with their ratings, on the pages of those whom they rated. */
const RENAMED_ONE_BY_ONE = 20;

async function tellRenamed(ctx: Context, store: Store, raterId: number): Promise<void> {
  const sellers = await store.ratings.ratedSellers(raterId);
  for (const subjectId of sellers.length > RENAMED_ONE_BY_ONE ? [0] : sellers)
    await store.outbox.append({ topic: 'rater.renamed', subjectId, payload: {} }, ctx.now());
}
