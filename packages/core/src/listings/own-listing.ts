import type { OwnListing } from '@assay/contract';
import type { Context, Store } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import type { ListingRow } from './ports.ts';
import { toOwnListing, withImages } from './views.ts';

/** The seller's own listing. @throws AppError LISTING_NOT_FOUND (also for somebody else's) */
export async function requireOwnListing(store: Store, id: number, sellerId: number): Promise<ListingRow> {
  const row = await store.listings.findById(id);
  if (row?.sellerId !== sellerId) throw new AppError('LISTING_NOT_FOUND');
  return row;
}

/** The same as its seller sees it, in the transaction that changed it. @throws AppError LISTING_NOT_FOUND */
export async function ownListing(ctx: Context, store: Store, id: number, sellerId: number): Promise<OwnListing> {
  const [view] = await withImages({ ...ctx, store }, [await requireOwnListing(store, id, sellerId)], toOwnListing);
  return view!;
}
