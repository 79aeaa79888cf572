import { parsePriceE8, type CreateListingInput, type OwnListing } from '@assay/contract';
import { requireOpenCategory } from '../categories/category-tree.ts';
import { requireUser } from '../context/actor.ts';
import type { Context, Store } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { auditRecord } from '../context/records.ts';
import { attachIn } from '../images/use-images.ts';
import { ownListing } from './own-listing.ts';
import { missingToPublish } from './rules.ts';

/** Gives a new listing the images that its seller has sent before. @throws AppError IMAGE_NOT_FOUND, IMAGE_WRONG_PURPOSE, TOO_MANY_IMAGES */
async function attachAll(store: Store, listingId: number, ownerId: number, images: readonly number[], at: Date): Promise<void> {
  for (const imageId of images) {
    if (!(await store.images.touch(imageId, ownerId, at))) throw new AppError('IMAGE_NOT_FOUND');
    await attachIn(store, { purpose: 'listing', subjectId: listingId }, imageId, '');
  }
}

/**
 * Writes a draft, or offers something for sale at once; whoever lists is a seller from then on.
 * @throws AppError UNAUTHENTICATED, VALIDATION_FAILED (no such category), LISTING_INCOMPLETE, IMAGE_NOT_FOUND, IMAGE_WRONG_PURPOSE,
 * TOO_MANY_IMAGES
 */
export async function createListing(ctx: Context, input: CreateListingInput): Promise<OwnListing> {
  const actor = requireUser(ctx.actor);
  const { title, description, price, currency, category, escrowEnabled, shippingInfo, metadata, images, publish } = input;
  const content = {
    title,
    description: description || null,
    priceE8: price === undefined ? 0n : parsePriceE8(price),
    currency,
    category,
    escrowEnabled,
    shippingInfo,
    metadata,
  };
  const missing = publish ? missingToPublish(content, null) : [];
  if (missing.length) throw new AppError('LISTING_INCOMPLETE', { fields: missing });
  return ctx.transaction(async (store) => {
    await requireOpenCategory(store, category);
    await store.sellers.open(actor.id, ctx.now());
    const status = publish ? 'active' : 'draft';
    const id = await store.listings.create({ sellerId: actor.id, status, ...content }, ctx.now());
    await attachAll(store, id, actor.id, images, ctx.now());
    await store.audit.append(auditRecord(ctx, 'listing.created', 'listing', id, { status }));
    await store.outbox.append({ topic: 'listing.changed', subjectId: actor.id, payload: { listingId: id } }, ctx.now());
    return ownListing(ctx, store, id, actor.id);
  });
}
