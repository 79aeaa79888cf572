import type { ErrorCode } from '@assay/contract';
import { requireSystem } from '../context/actor.ts';
import type { Context, Store } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
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
  const image = await ctx.store.images.claim(holder, ctx.now(), lease());
  if (!image) return false;
  const heartbeat = setInterval(() => void ctx.store.images.extend(image.id, holder, lease()).catch(() => false), HEARTBEAT_MS);
  try {
    if (image.attempts > ATTEMPTS_MAX) throw new AppError('IMAGE_UNPROCESSABLE');
    await makeSizes(ctx, image, holder);
  } catch (error) {
    if (!(error instanceof AppError)) {
      await ctx.store.images.release(image.id, holder, new Date(ctx.now().getTime() + RETRY_MS));
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
  const before = (await ctx.store.images.find(image.id))?.variants ?? [];
  const kept = new Set(planned.map(({ storageKey }) => storageKey));
  for (const { storageKey } of before) if (!kept.has(storageKey)) await files.delete(storageKey);
  if (!(await ctx.transaction((store) => store.images.planVariants(image.id, holder, planned)))) return;
  for (const [i, { storageKey, format }] of planned.entries()) {
    // Whoever was too slow must not write files that somebody else has just cleaned away.
    if (!(await ctx.store.images.extend(image.id, holder, new Date(ctx.now().getTime() + LEASE_MS)))) return;
    await files.put(storageKey, rendered.variants[i]!.content, `image/${format}`);
  }
  const { width, height, blur } = rendered;
  const done = await ctx.transaction(async (store) => {
    if (!(await store.images.ready(image.id, holder, { width, height, blur }, ctx.now()))) return false;
    await settlePlaces(store, image, ctx.now());
    await store.outbox.append({ topic: 'image.changed', subjectId: image.ownerId, payload: { imageId: image.id } }, ctx.now());
    return true;
  });
  if (!done || !image.originalKey) return; // it was deleted meanwhile: cleaning takes its files
  await files.delete(image.originalKey); // it may say where it was taken
  await ctx.store.images.forgetOriginal(image.id);
}

const toVariant = (imageId: number, { format, width, height, contentHash, content }: RenderedImage['variants'][number]): VariantRow => ({
  format,
  width,
  height,
  storageKey: `media/${imageId}-${contentHash}-${width}.${format}`,
  bytes: content.byteLength,
});

/** A store's new profile or cover image takes the place of the one before. */
async function settlePlaces(store: Store, { id, ownerId }: ImageRow, at: Date): Promise<void> {
  for (const place of await store.images.placesOf(id)) {
    await store.images.lockPlace(place, ownerId, at);
    const uses = await store.images.uses(place);
    const settled = whenReady(uses, place.purpose, id);
    if (settled.length < uses.length) await store.images.replaceUses(place, settled);
  }
}

async function giveUp(ctx: Context, image: ImageRow, holder: string, code: ErrorCode): Promise<void> {
  const failed = await ctx.transaction(async (store) => {
    if (!(await store.images.fail(image.id, holder, code, ctx.now()))) return false;
    await store.outbox.append({ topic: 'image.changed', subjectId: image.ownerId, payload: { imageId: image.id } }, ctx.now());
    return true;
  });
  const row = failed ? await ctx.store.images.find(image.id) : null;
  if (row) await eraseFiles(ctx, row);
}
