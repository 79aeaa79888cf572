import type { OwnListing } from '@assay/contract';
import type { Reads } from '../kernel/context.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { AppError } from '../kernel/errors.ts';
import type { ListingRow } from './ports.ts';
import { toOwnListing, withImages } from './views.ts';

/** The seller's own listing. @throws AppError LISTING_NOT_FOUND (also another user's) */
export async function requireOwnListing(repos: Repositories, id: number, sellerId: number): Promise<ListingRow> {
  const row = await repos.listings.findById(id);
  if (row?.sellerId !== sellerId) throw new AppError('LISTING_NOT_FOUND');
  return row;
}

/** The same as its seller sees it, also in the change that changed it. @throws AppError LISTING_NOT_FOUND */
export async function ownListing(ctx: Reads, id: number, sellerId: number): Promise<OwnListing> {
  const [view] = await withImages(ctx, [await requireOwnListing(ctx.repos, id, sellerId)], toOwnListing);
  return view!;
}
