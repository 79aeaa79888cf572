import type { ErrorCode } from '@assay/contract';
import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { AppError } from '../kernel/errors.ts';
import { Interrupted, LeaseLost, Postponed, type TaskAttempt, type TaskHandler } from '../kernel/task.ts';
import { eraseFiles } from './delete-image.ts';
import type { ImageRow, RenderedImage, VariantRow } from './ports.ts';
import { whenReady } from './rules.ts';

export const imageKey = (imageId: number): string => `image:${imageId}`;

/** When the storage is away, it is tried again after this. */
const RETRY_MS = 15_000;
const EARLIER_VERSION_MS = 60_000;
/** So long one account's images are made one after the other, then those of others come first: one large image, or many small ones. */
const TURN_MAX_MS = 3000;
/** When an image that gave way to those of others is looked at again. */
const TURN_MS = 2000;
const GIVING_WAY_MS = 10_000;

/**
 * Makes the sizes of an image. Rows come before files and go after them, so that nothing is ever in the storage that the database does
 * not know. While the storage is away the image waits and no attempt counts; an image that ends its process each time is given up.
 */
export const renderImage: TaskHandler<'image.render'> = {
  attemptsMax: 3,
  retryAfterMs: () => RETRY_MS,
  concurrency: 1,
  async run(ctx, { imageId }, attempt) {
    requireSystem(ctx.actor);
    const image = await ctx.repos.images.begin(imageId, ctx.now());
    if (image === 'held') throw new Postponed('An earlier version of the product makes its sizes.', EARLIER_VERSION_MS);
    if (!image) return; // it was made by an earlier attempt, or was deleted
    try {
      if (await givesWay(ctx, image.ownerId)) throw new Postponed('Images of other accounts come first.', TURN_MS);
      const began = ctx.now();
      await makeSizes(ctx, image, attempt).finally(() => noteTurn(image.ownerId, began, ctx.now()));
    } catch (error) {
      if (error instanceof LeaseLost || error instanceof Interrupted) throw error;
      if (error instanceof AppError) return giveUp(ctx, image.id, error.code, attempt);
      await ctx.change(async (tx) => {
        await attempt.hold(tx);
        await tx.repos.images.postpone(image.id);
      });
      if (error instanceof Postponed) throw error;
      throw new Postponed(error instanceof Error ? error.message : String(error), RETRY_MS, { cause: error });
    }
  },
  onDead: (ctx, { imageId }) => giveUp(ctx, imageId, 'IMAGE_UNPROCESSABLE'),
};

/** The account whose images this process made last, and how long those took that it made without one of another account in between. */
let turn: { ownerId: number; tookMs: number; ended: Date } | null = null;

function noteTurn(ownerId: number, began: Date, ended: Date): void {
  const before = turn?.ownerId === ownerId && began.getTime() - turn.ended.getTime() < GIVING_WAY_MS ? turn.tookMs : 0;
  turn = { ownerId, tookMs: before + ended.getTime() - began.getTime(), ended };
}

/** An account that had its turn gives way to the others: no image waits for all those of one account. */
async function givesWay({ repos, now }: Context, ownerId: number): Promise<boolean> {
  if (turn?.ownerId !== ownerId || turn.tookMs < TURN_MAX_MS) return false;
  const isRecent = now().getTime() - turn.ended.getTime() < GIVING_WAY_MS; // those that wait may not be ready to be made
  return isRecent && (await repos.images.othersWait(ownerId));
}

async function makeSizes(ctx: Context, image: ImageRow, attempt: TaskAttempt): Promise<void> {
  const { codec, files } = ctx.services.images;
  const original = image.originalKey ? await files.read(image.originalKey) : null;
  if (!original) throw new AppError('IMAGE_UNPROCESSABLE');
  const rendered = await codec.render(original, image.purpose);
  const planned = rendered.variants.map((variant) => toVariant(image.id, variant));

  // An attempt that was cut off may have left others: with another version of the codec their names differ.
  const before = (await ctx.repos.images.find(image.id))?.variants ?? [];
  const kept = new Set(planned.map(({ storageKey }) => storageKey));
  await attempt.hold();
  for (const { storageKey } of before) if (!kept.has(storageKey)) await files.delete(storageKey);
  const isPlanned = await ctx.change(async (tx) => {
    await attempt.hold(tx);
    return tx.repos.images.planVariants(image.id, planned);
  });
  if (!isPlanned) return;
  for (const [i, { storageKey, format }] of planned.entries()) {
    await attempt.hold(); // a process that was too slow must not write files that another one has cleaned away
    await files.put(storageKey, rendered.variants[i]!.content, `image/${format}`);
  }
  const { width, height, blur } = rendered;
  const done = await ctx.change(async (tx) => {
    await attempt.hold(tx);
    if (!(await tx.repos.images.ready(image.id, { width, height, blur }, tx.at))) return false;
    await settlePlaces(tx.repos, image, tx.at);
    await tx.publish('image.changed', { ownerId: image.ownerId, imageId: image.id });
    return true;
  });
  if (!done || !image.originalKey) return; // it was deleted meanwhile: cleaning takes its files
  await files.delete(image.originalKey); // it may say where it was taken
  await ctx.repos.images.purgeOriginal(image.id);
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

/** @param attempt fences the change; without it the task is dead, and no attempt is under way */
async function giveUp(ctx: Context, id: number, code: ErrorCode, attempt?: TaskAttempt): Promise<void> {
  const image = await ctx.repos.images.find(id);
  if (!image) return;
  const failed = await ctx.change(async (tx) => {
    await attempt?.hold(tx);
    if (!(await tx.repos.images.fail(id, code, tx.at))) return false;
    await tx.publish('image.changed', { ownerId: image.ownerId, imageId: id });
    return true;
  });
  if (failed) await eraseFiles(ctx, image);
}
