import type { ListingView } from '@assay/contract';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { toListingViews } from './views.ts';

/** @throws AppError LISTING_NOT_FOUND (drafts and archived ones exist for their seller only) */
export async function getListing(ctx: Context, id: number): Promise<ListingView> {
  const row = await ctx.repos.listings.findById(id);
  const mine = ctx.actor.kind === 'user' && ctx.actor.id === row?.sellerId;
  if (!row || (!mine && (row.status === 'draft' || row.status === 'archived'))) throw new AppError('LISTING_NOT_FOUND');
  return (await toListingViews(ctx, [row]))[0]!;
}
