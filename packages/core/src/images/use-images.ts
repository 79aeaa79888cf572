import type { AttachedImages, ImageState } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { AppError } from '../kernel/errors.ts';
import { requireReadable } from '../listings/readable-listing.ts';
import type { ImageUse, Place } from './ports.ts';
import { reordered, withAttached } from './rules.ts';
import { toAttachedImages, toImageState } from './views.ts';

/** Makes sure that the place is theirs, and keeps it for this transaction. @throws AppError LISTING_NOT_FOUND, SELLER_NOT_FOUND */
export async function requirePlace(repos: Repositories, place: Place, ownerId: number, at: Date): Promise<void> {
  if (!(await repos.images.lockPlace(place, ownerId, at)))
    throw new AppError(place.purpose === 'listing' ? 'LISTING_NOT_FOUND' : 'SELLER_NOT_FOUND');
}

/** Attaches an image in a transaction that holds the place. @throws AppError IMAGE_NOT_FOUND, IMAGE_WRONG_PURPOSE, TOO_MANY_IMAGES */
export async function attachIn(repos: Repositories, place: Place, imageId: number, alt: string): Promise<void> {
  const image = await repos.images.find(imageId);
  if (!image || image.status === 'failed') throw new AppError('IMAGE_NOT_FOUND');
  if (image.purpose !== place.purpose) throw new AppError('IMAGE_WRONG_PURPOSE');
  const uses = await repos.images.uses(place);
  await repos.images.replaceUses(place, withAttached(uses, place.purpose, { imageId, alt, status: image.status }));
}

/** An upload of mine and what has become of it. @throws AppError UNAUTHENTICATED, IMAGE_NOT_FOUND */
export async function getImage(ctx: Context, { id }: { id: number }): Promise<ImageState> {
  const actor = requireUser(ctx.actor);
  const row = await ctx.repos.images.find(id);
  if (row?.ownerId !== actor.id) throw new AppError('IMAGE_NOT_FOUND');
  return toImageState(ctx, row);
}

/**
 * All images of a place in their order: for its owner in any state; for others those that are ready.
 * @throws AppError LISTING_NOT_FOUND (the place is a listing that the actor may not read)
 */
export async function listImages(ctx: Context, place: Place): Promise<AttachedImages> {
  if (place.purpose === 'listing') await requireReadable(ctx, place.subjectId);
  const rows = await ctx.repos.images.attached(place);
  const mine = (ownerId: number) => ctx.actor.kind === 'user' && ctx.actor.id === ownerId;
  const visible = rows.filter(({ status, ownerId }) => status === 'ready' || mine(ownerId));
  return toAttachedImages(ctx, visible);
}

/** Changes the images of a place of mine, and returns them. */
async function changePlace(
  ctx: Context,
  place: Place,
  change: (uses: ImageUse[], tx: Tx, ownerId: number) => Promise<readonly ImageUse[]> | readonly ImageUse[],
): Promise<AttachedImages> {
  const actor = requireUser(ctx.actor);
  return ctx.change(async (tx) => {
    await requirePlace(tx.repos, place, actor.id, tx.at);
    const uses = await tx.repos.images.uses(place);
    await tx.repos.images.replaceUses(place, await change(uses, tx, actor.id));
    await tx.publish('image.changed', { ownerId: actor.id, imageId: null });
    return toAttachedImages(tx, await tx.repos.images.attached(place));
  });
}

/**
 * Puts an image of mine into a place of mine: last in a listing; as a store's profile or cover it takes the place of the one
 * before as soon as it is ready. @throws AppError UNAUTHENTICATED, IMAGE_NOT_FOUND, IMAGE_WRONG_PURPOSE, TOO_MANY_IMAGES, LISTING_NOT_FOUND, SELLER_NOT_FOUND
 */
export const attachImage = (ctx: Context, { imageId, alt, ...place }: Place & { imageId: number; alt: string }): Promise<AttachedImages> =>
  changePlace(ctx, place, async (uses, tx, ownerId) => {
    const image = (await tx.repos.images.lock(imageId, ownerId, tx.at)) ? await tx.repos.images.find(imageId) : null;
    if (!image || image.status === 'failed') throw new AppError('IMAGE_NOT_FOUND');
    if (image.purpose !== place.purpose) throw new AppError('IMAGE_WRONG_PURPOSE');
    return withAttached(uses, place.purpose, { imageId, alt, status: image.status });
  });

/** The images of a place in another order. @throws AppError UNAUTHENTICATED, EDIT_CONFLICT, LISTING_NOT_FOUND, SELLER_NOT_FOUND */
export const reorderImages = (ctx: Context, { order, ...place }: Place & { order: number[] }): Promise<AttachedImages> =>
  changePlace(ctx, place, (uses) => reordered(uses, order));

/** Says what an image shows. @throws AppError UNAUTHENTICATED, IMAGE_NOT_FOUND, LISTING_NOT_FOUND, SELLER_NOT_FOUND */
export const describeImage = (
  ctx: Context,
  { imageId, alt, ...place }: Place & { imageId: number; alt: string },
): Promise<AttachedImages> =>
  changePlace(ctx, place, (uses) => {
    if (!uses.some((use) => use.imageId === imageId)) throw new AppError('IMAGE_NOT_FOUND');
    return uses.map((use) => (use.imageId === imageId ? { ...use, alt } : use));
  });

/** Takes an image out of a place; it is kept for a day, to be attached again. @throws AppError UNAUTHENTICATED, LISTING_NOT_FOUND, SELLER_NOT_FOUND */
export const detachImage = (ctx: Context, { imageId, ...place }: Place & { imageId: number }): Promise<AttachedImages> =>
  changePlace(ctx, place, async (uses, tx, ownerId) => {
    await tx.repos.images.lock(imageId, ownerId, tx.at);
    return uses.filter((use) => use.imageId !== imageId);
  });
