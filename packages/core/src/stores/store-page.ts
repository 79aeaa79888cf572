import type { StoreListings, StoreView } from '@assay/contract';
import type { Context } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPageOf } from '../kernel/cursor.ts';
import { toListingViews } from '../listings/views.ts';
import { requireSeller } from '../sellers/require-seller.ts';

/** What a seller says of their store, for everybody. */
export async function readStoreView(ctx: Context, sellerId: number): Promise<StoreView> {
  const { stores } = ctx.repos;
  const [said, featured, followers] = await Promise.all([
    stores.settings(sellerId),
    stores.featured(sellerId),
    stores.countFollowers(sellerId),
  ]);
  return {
    about: said?.about ?? null,
    accent: said?.accent ?? null,
    policies: { shipping: said?.shippingPolicy ?? null, returns: said?.returnsPolicy ?? null, contact: said?.contactPolicy ?? null },
    followers,
    featured: await toListingViews(ctx, featured),
  };
}

/** The same, for a known seller. @throws AppError SELLER_NOT_FOUND */
export async function getStoreView(ctx: Context, { sellerId }: { sellerId: number }): Promise<StoreView> {
  await requireSeller(ctx.repos, sellerId);
  return readStoreView(ctx, sellerId);
}

const KIND = 'store-listings';

/** What a store offers now, newest first, page by page. @throws AppError INVALID_CURSOR */
export async function listStoreListings(
  ctx: Context,
  { sellerId, limit, cursor }: { sellerId: number; limit: number; cursor?: string | undefined },
): Promise<StoreListings> {
  const after = cursor ? decodeCursor(cursor, KIND, ['date', 'number']) : undefined;
  const rows = await ctx.repos.listings.listBySeller(sellerId, limit + 1, after);
  return toPageOf(
    rows,
    limit,
    (shown) => toListingViews(ctx, shown),
    ({ createdAt, id }) => encodeCursor(KIND, [createdAt.toISOString(), id]),
  );
}
