import type { ListingView } from '@assay/contract';
import type { Context } from '../kernel/context.ts';
import { requireReadable } from './readable-listing.ts';
import { toListingViews } from './views.ts';

/** @throws AppError LISTING_NOT_FOUND (also one that the actor may not read) */
export async function getListing(ctx: Context, id: number): Promise<ListingView> {
  return (await toListingViews(ctx, [await requireReadable(ctx, id)]))[0]!;
}
