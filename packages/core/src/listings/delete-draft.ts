import { requireUser } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { auditRecord } from '../context/records.ts';
import { requireOwnListing } from './own-listing.ts';

/**
 * Throws a draft of mine away that was never published; its images are nobody's then, and go the way of all orphans.
 * @throws AppError UNAUTHENTICATED, LISTING_NOT_FOUND (also for somebody else's), LISTING_WAS_PUBLISHED
 */
export async function deleteDraft(ctx: Context, { id }: { id: number }): Promise<void> {
  const actor = requireUser(ctx.actor);
  await ctx.transaction(async (store) => {
    const { title } = await requireOwnListing(store, id, actor.id);
    if (!(await store.listings.deleteDraft(id, actor.id))) throw new AppError('LISTING_WAS_PUBLISHED');
    await store.images.replaceUses({ purpose: 'listing', subjectId: id }, []);
    await store.audit.append(auditRecord(ctx, 'listing.deleted', 'listing', id, { title }));
    await store.outbox.append({ topic: 'listing.changed', subjectId: actor.id, payload: { listingId: id } }, ctx.now());
  });
}
