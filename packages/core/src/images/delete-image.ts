import { requireSystem, requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { ImageWithVariants } from './ports.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const BATCH = 100;

/** Takes the files away, then what is known of them. Cut off between the two, it is done again. */
export async function eraseFiles(ctx: Context, image: ImageWithVariants): Promise<void> {
  const { files } = ctx.services.images;
  for (const { storageKey } of image.variants) await files.delete(storageKey);
  if (image.originalKey) await files.delete(image.originalKey);
  await ctx.change((tx) => tx.repos.images.purgeFiles(image.id));
}

/** Deletes an image of mine from every place. Its files go at once, or with the next cleaning. @throws AppError UNAUTHENTICATED, IMAGE_NOT_FOUND */
export async function deleteImage(ctx: Context, { id }: { id: number }): Promise<void> {
  const actor = requireUser(ctx.actor);
  await ctx.change(async (tx) => {
    if (!(await tx.repos.images.lock(id, actor.id, tx.at))) throw new AppError('IMAGE_NOT_FOUND');
    for (const place of await tx.repos.images.placesOf(id)) {
      await tx.repos.images.lockPlace(place, actor.id, tx.at);
      const uses = await tx.repos.images.uses(place);
      await tx.repos.images.replaceUses(
        place,
        uses.filter((use) => use.imageId !== id),
      );
    }
    await tx.repos.images.markDeleted(id, tx.at);
    await tx.publish('image.changed', { ownerId: actor.id, imageId: id });
  });
}

/**
 * Deletes images without a use: uploads that were attached nowhere for a day, uploads that broke off, images that failed or
 * were deleted, and uploaded files whose sizes are made. What a process is working on waits.
 * @returns how many images were cleaned
 * @throws AppError FORBIDDEN
 */
export async function cleanImages(ctx: Context): Promise<number> {
  requireSystem(ctx.actor);
  const ago = (ms: number) => new Date(ctx.now().getTime() - ms);
  await ctx.change((tx) => tx.repos.images.markAbandoned({ unused: ago(DAY_MS), receiving: ago(HOUR_MS), failed: ago(DAY_MS) }, tx.at));
  let cleaned = 0;
  for (;;) {
    const leftovers = await ctx.repos.images.leftovers(ctx.now(), BATCH);
    for (const image of leftovers) {
      if (image.deleted || image.status === 'failed') await eraseFiles(ctx, image);
      else if (image.originalKey) {
        await ctx.services.images.files.delete(image.originalKey);
        await ctx.repos.images.purgeOriginal(image.id);
      }
    }
    cleaned += leftovers.length;
    if (leftovers.length < BATCH) return cleaned;
  }
}
