import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireOwnListing } from './own-listing.ts';

/**
 * Deletes a draft of mine that was never published; its images are cleaned up like all that are attached nowhere.
 * @throws AppError UNAUTHENTICATED, LISTING_NOT_FOUND (also another user's), LISTING_WAS_PUBLISHED
 */
export async function deleteDraft(ctx: Context, { id }: { id: number }): Promise<void> {
  const actor = requireUser(ctx.actor);
  await ctx.change(async (tx) => {
    const { title } = await requireOwnListing(tx.repos, id, actor.id);
    if (!(await tx.repos.listings.deleteDraft(id, actor.id))) throw new AppError('LISTING_WAS_PUBLISHED');
    await tx.repos.images.replaceUses({ purpose: 'listing', subjectId: id }, []);
    await tx.audit('listing.deleted', 'listing', id, { title });
    await tx.publish('listing.changed', { sellerId: actor.id, listingId: id });
  });
}
