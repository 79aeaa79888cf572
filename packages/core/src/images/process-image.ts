import type { ErrorCode } from '@assay/contract';
import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { AppError } from '../kernel/errors.ts';
import { eraseFiles } from './delete-image.ts';
import type { ImageRow, RenderedImage, VariantRow } from './ports.ts';
import { ATTEMPTS_MAX, whenReady } from './rules.ts';

/** An image whose process was not heard of for this long is taken by another one. */
const LEASE_MS = 60_000;
const HEARTBEAT_MS = 15_000;
/** When the storage is away, it is tried again after this. */
const RETRY_MS = 15_000;

/**
 * Makes the sizes of the image that waits longest, if there is one. Called by each process again and again: one of them takes
 * it, and another one when that process dies. Rows come before files and go after them, so that nothing is ever on the disk
 * that the database does not know.
 * @param holder names the process
 * @returns whether there was one
 * @throws AppError FORBIDDEN; what the storage throws, then the image waits for another try
 */
export async function processImage(ctx: Context, holder: string): Promise<boolean> {
  requireSystem(ctx.actor);
  const lease = () => new Date(ctx.now().getTime() + LEASE_MS);
  const image = await ctx.repos.images.claim(holder, ctx.now(), lease());
  if (!image) return false;
  const heartbeat = setInterval(() => void ctx.repos.images.extend(image.id, holder, lease()).catch(() => false), HEARTBEAT_MS);
  try {
    if (image.attempts > ATTEMPTS_MAX) throw new AppError('IMAGE_UNPROCESSABLE');
    await makeSizes(ctx, image, holder);
  } catch (error) {
    if (!(error instanceof AppError)) {
      await ctx.repos.images.release(image.id, holder, new Date(ctx.now().getTime() + RETRY_MS));
      throw error;
    }
    await giveUp(ctx, image, holder, error.code);
  } finally {
    clearInterval(heartbeat);
  }
  return true;
}

async function makeSizes(ctx: Context, image: ImageRow, holder: string): Promise<void> {
  const { codec, files } = ctx.services.images;
  const original = image.originalKey ? await files.read(image.originalKey) : null;
  if (!original) throw new AppError('IMAGE_UNPROCESSABLE');
  const rendered = await codec.render(original, image.purpose);
  const planned = rendered.variants.map((variant) => toVariant(image.id, variant));

  // An attempt that was cut off may have left others: with another version of the codec their names differ.
  const before = (await ctx.repos.images.find(image.id))?.variants ?? [];
  const kept = new Set(planned.map(({ storageKey }) => storageKey));
  for (const { storageKey } of before) if (!kept.has(storageKey)) await files.delete(storageKey);
  if (!(await ctx.change((tx) => tx.repos.images.planVariants(image.id, holder, planned)))) return;
  for (const [i, { storageKey, format }] of planned.entries()) {
    // Whoever was too slow must not write files that somebody else has just cleaned away.
    if (!(await ctx.repos.images.extend(image.id, holder, new Date(ctx.now().getTime() + LEASE_MS)))) return;
    await files.put(storageKey, rendered.variants[i]!.content, `image/${format}`);
  }
  const { width, height, blur } = rendered;
  const done = await ctx.change(async (tx) => {
    if (!(await tx.repos.images.ready(image.id, holder, { width, height, blur }, tx.at))) return false;
    await settlePlaces(tx.repos, image, tx.at);
    await tx.publish('image.changed', { ownerId: image.ownerId, imageId: image.id });
    return true;
  });
  if (!done || !image.originalKey) return; // it was deleted meanwhile: cleaning takes its files
  await files.delete(image.originalKey); // it may say where it was taken
  await ctx.repos.images.forgetOriginal(image.id);
}

const toVariant = (imageId: number, { format, width, height, contentHash, content }: RenderedImage['variants'][number]): VariantRow => ({
  format,
  width,
  height,
  storageKey: `media/${imageId}-${contentHash}-${width}.${format}`,
  bytes: content.byteLength,
});

/** A store's new profile or cover image takes the place of the one before. */
async function settlePlaces(repos: Repositories, { id, ownerId }: ImageRow, at: Date): Promise<void> {
  for (const place of await repos.images.placesOf(id)) {
    await repos.images.lockPlace(place, ownerId, at);
    const uses = await repos.images.uses(place);
    const settled = whenReady(uses, place.purpose, id);
    if (settled.length < uses.length) await repos.images.replaceUses(place, settled);
  }
}

async function giveUp(ctx: Context, image: ImageRow, holder: string, code: ErrorCode): Promise<void> {
  const failed = await ctx.change(async (tx) => {
    if (!(await tx.repos.images.fail(image.id, holder, code, tx.at))) return false;
    await tx.publish('image.changed', { ownerId: image.ownerId, imageId: image.id });
    return true;
  });
  const row = failed ? await ctx.repos.images.find(image.id) : null;
  if (row) await eraseFiles(ctx, row);
}
