import { formatPriceE8, parsePriceE8, type CreateListingInput, type ImageView, type ListingView } from '@assay/contract';
import { requireUser } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { imagesOf } from '../images/views.ts';
import type { ListingRow } from './ports.ts';

export function toListingView(row: ListingRow, image: ImageView | null): ListingView {
  const { priceE8, status, createdAt, ...rest } = row;
  return {
    ...rest,
    price: formatPriceE8(priceE8, row.currency),
    status: status as ListingView['status'],
    image,
    createdAt: createdAt.toISOString(),
  };
}

/** Listings with the first of their images. */
export async function toListingViews(ctx: Context, rows: ListingRow[]): Promise<ListingView[]> {
  const images = await imagesOf(
    ctx,
    'listing',
    rows.map(({ id }) => id),
  );
  return rows.map((row) => toListingView(row, images.get(row.id) ?? null));
}

/** Offers something for sale; whoever lists is a seller from then on. @throws AppError UNAUTHENTICATED */
export async function createListing(ctx: Context, input: CreateListingInput): Promise<ListingView> {
  const actor = requireUser(ctx.actor);
  return ctx.transaction(async (store) => {
    await store.sellers.open(actor.id, ctx.now());
    const id = await store.listings.create(
      {
        sellerId: actor.id,
        title: input.title,
        description: input.description || null,
        priceE8: parsePriceE8(input.price),
        currency: input.currency,
        category: input.category,
      },
      ctx.now(),
    );
    const row = await store.listings.findById(id);
    if (!row) throw new Error(`The listing ${id} that was just created is not there.`);
    await store.outbox.append({ topic: 'listing.changed', subjectId: actor.id, payload: { listingId: id } }, ctx.now());
    return toListingView(row, null);
  });
}

/** @throws AppError LISTING_NOT_FOUND (drafts and archived ones exist for their seller only) */
export async function getListing(ctx: Context, id: number): Promise<ListingView> {
  const row = await ctx.store.listings.findById(id);
  const mine = ctx.actor.kind === 'user' && ctx.actor.id === row?.sellerId;
  if (!row || (!mine && (row.status === 'draft' || row.status === 'archived'))) throw new AppError('LISTING_NOT_FOUND');
  return toListingView(row, (await imagesOf(ctx, 'listing', [id])).get(id) ?? null);
}

/** What a seller offers now, newest first. */
export async function listSellerListings(ctx: Context, sellerId: number): Promise<ListingView[]> {
  return toListingViews(ctx, await ctx.store.listings.listBySeller(sellerId, 24));
}
