import { BASKET_MAX, formatPriceE8, type BasketInput, type BasketItemView, type BasketProblem, type BasketView } from '@assay/contract';
import { imagesOf } from '../images/views.ts';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Reads } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { ListingRow } from '../listings/ports.ts';
import { requireReadable } from '../listings/readable-listing.ts';
import { toListingView } from '../listings/views.ts';
import { outOfStock } from '../orders/stock.ts';
import type { BasketRow } from './ports.ts';

/** Why so many units of a listing cannot be ordered; null where they can. */
function problemOf({ status, quantity, reserved }: ListingRow, wanted: number, closed: boolean): BasketProblem | null {
  if (status !== 'active' || quantity === 0) return 'not-for-sale';
  if (closed) return 'store-closed';
  const available = quantity - reserved;
  return available === 0 ? 'reserved' : available < wanted ? 'fewer-left' : null;
}

/** My basket, by currency and seller, with what has changed since I looked. @throws AppError UNAUTHENTICATED */
export async function getBasket(ctx: Context): Promise<BasketView> {
  const { id } = requireUser(ctx.actor);
  return basketOf(ctx, id);
}

async function basketOf(ctx: Reads, userId: number): Promise<BasketView> {
  const rows = await ctx.repos.basket.list(userId);
  const listings = new Map((await ctx.repos.listings.findMany(rows.map(({ listingId }) => listingId))).map((row) => [row.id, row]));
  const [images, closed] = await Promise.all([imagesOf(ctx, 'listing', [...listings.keys()]), closedStores(ctx, [...listings.values()])]);
  const lines = rows.flatMap((row) => {
    const listing = listings.get(row.listingId);
    if (!listing) return [];
    const view = toListingView(listing, images.get(listing.id) ?? null);
    const problem = problemOf(listing, row.quantity, closed.has(listing.sellerId));
    return [{ row, listing, item: itemView(row, view, problem) }];
  });
  const currencies = [...Map.groupBy(lines, ({ listing }) => listing.currency)].map(([currency, group]) => ({
    currency,
    subtotal: formatPriceE8(
      group.reduce((sum, { row, listing, item }) => (item.problem ? sum : sum + listing.priceE8 * BigInt(row.quantity)), 0n),
      currency,
    ),
    ready: group.every(({ item }) => item.problem === null),
    sellers: [...Map.groupBy(group, ({ listing }) => listing.sellerId)].map(([sellerId, own]) => ({
      sellerId,
      sellerName: toListingView(own[0]!.listing, null).sellerName,
      items: own.map(({ item }) => item),
    })),
  }));
  return { count: lines.reduce((sum, { row }) => sum + row.quantity, 0), currencies };
}

function itemView(row: BasketRow, view: ReturnType<typeof toListingView>, problem: BasketProblem | null): BasketItemView {
  const before = formatPriceE8(row.priceE8, row.currency);
  return {
    listingId: row.listingId,
    title: view.title,
    image: view.image,
    unitPrice: view.price,
    currency: view.currency,
    quantity: row.quantity,
    available: view.status === 'active' ? view.available : 0,
    problem,
    previousPrice: before === view.price && row.currency === view.currency ? null : `${before} ${row.currency}`,
    addedAt: row.addedAt.toISOString(),
  };
}

/** The sellers among those of the listings whose stores take no orders now. */
export async function closedStores(ctx: Reads, listings: readonly ListingRow[]): Promise<Set<number>> {
  const sellers = await ctx.repos.sellers.findMany([...new Set(listings.map(({ sellerId }) => sellerId))]);
  return new Set(sellers.flatMap(({ id, closedUntil }) => (closedUntil && closedUntil > ctx.now() ? [id] : [])));
}

/**
 * Sets how many units of a listing are in my basket; nothing is reserved by it.
 * @throws AppError UNAUTHENTICATED, LISTING_NOT_FOUND, LISTING_NOT_FOR_SALE, OUT_OF_STOCK, OWN_LISTING, BASKET_FULL
 */
export async function putInBasket(ctx: Context, { listingId, quantity }: BasketInput): Promise<BasketView> {
  const { id: userId } = requireUser(ctx.actor);
  return ctx.change(async (tx) => {
    await tx.repos.accounts.lock(userId, tx.at);
    const listing = await requireReadable(tx, listingId);
    if (listing.sellerId === userId) throw new AppError('OWN_LISTING');
    if (listing.status !== 'active') throw new AppError('LISTING_NOT_FOR_SALE');
    if (listing.quantity - listing.reserved < quantity) throw outOfStock(listing);
    const rows = await tx.repos.basket.list(userId);
    if (rows.length >= BASKET_MAX && rows.every((row) => row.listingId !== listingId)) throw new AppError('BASKET_FULL');
    const { priceE8, currency } = listing;
    await tx.repos.basket.put(userId, { listingId, quantity, priceE8, currency }, tx.at);
    return basketOf(tx, userId);
  });
}

/** Takes a listing out of my basket; does nothing where it is not in it. @throws AppError UNAUTHENTICATED */
export async function removeFromBasket(ctx: Context, { listingId }: { listingId: number }): Promise<BasketView> {
  const { id: userId } = requireUser(ctx.actor);
  return ctx.change(async (tx) => {
    await tx.repos.basket.remove(userId, [listingId]);
    return basketOf(tx, userId);
  });
}

/** Units in my basket, for the header of each page. @throws AppError UNAUTHENTICATED */
export async function countBasket(ctx: Context): Promise<{ count: number }> {
  const { id } = requireUser(ctx.actor);
  return { count: await ctx.repos.basket.count(id) };
}
