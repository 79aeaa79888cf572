import { parsePriceE8, type CreateListingInput, type OwnListing } from '@assay/contract';
import { requireOpenCategory } from '../categories/category-tree.ts';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { AppError } from '../kernel/errors.ts';
import { openProfile } from '../sellers/open-profile.ts';
import { attachIn } from '../images/use-images.ts';
import { ownListing } from './own-listing.ts';
import { requireRoom } from './require-room.ts';
import { missingToPublish } from './rules.ts';

/** Gives a new listing the images that its seller has sent before. @throws AppError IMAGE_NOT_FOUND, IMAGE_WRONG_PURPOSE, TOO_MANY_IMAGES */
async function attachAll(repos: Repositories, listingId: number, ownerId: number, images: readonly number[], at: Date): Promise<void> {
  for (const imageId of images) {
    if (!(await repos.images.lock(imageId, ownerId, at))) throw new AppError('IMAGE_NOT_FOUND');
    await attachIn(repos, { purpose: 'listing', subjectId: listingId }, imageId, '');
  }
}

/**
 * Writes a draft, or offers something for sale at once; the actor is a seller from then on.
 * @throws AppError UNAUTHENTICATED, VALIDATION_FAILED (no such category), LISTING_INCOMPLETE, IMAGE_NOT_FOUND, IMAGE_WRONG_PURPOSE,
 * TOO_MANY_IMAGES, LISTING_LIMIT
 */
export async function createListing(ctx: Context, input: CreateListingInput): Promise<OwnListing> {
  const actor = requireUser(ctx.actor);
  const { title, description, price, currency, category, escrowEnabled, shippingInfo, metadata, quantity, images, publish } = input;
  const content = {
    title,
    description: description || null,
    priceE8: price === undefined ? 0n : parsePriceE8(price),
    currency,
    category,
    escrowEnabled,
    shippingInfo,
    metadata,
    quantity,
  };
  const missing = publish ? missingToPublish(content, null) : [];
  if (missing.length) throw new AppError('LISTING_INCOMPLETE', { fields: missing });
  return ctx.change(async (tx) => {
    await requireOpenCategory(tx.repos, category);
    await requireRoom(tx, actor.id, 1);
    await openProfile(tx, actor.id);
    const status = publish ? 'active' : 'draft';
    const id = await tx.repos.listings.create({ sellerId: actor.id, status, ...content }, tx.at);
    await attachAll(tx.repos, id, actor.id, images, tx.at);
    await tx.audit('listing.created', 'listing', id, { status });
    await tx.publish('listing.changed', { sellerId: actor.id, listingId: id, created: true });
    return ownListing(tx, id, actor.id);
  });
}
