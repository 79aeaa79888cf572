import type { ImageState, UploadImageQuery } from '@assay/contract';
import { requireUser } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import type { ReceivedFile } from './ports.ts';
import { requireRoom } from './rules.ts';
import { attachIn, requirePlace } from './use-images.ts';
import { toImageState } from './views.ts';

/**
 * Takes a received file in: looks at what it is, keeps it, and attaches it where that was asked for. Its sizes are made
 * later, by whichever process takes it. The same file for the same purpose is the same image.
 * @throws AppError UNAUTHENTICATED, IMAGE_TYPE_UNSUPPORTED, IMAGE_BROKEN, IMAGE_TOO_MANY_PIXELS, IMAGE_TOO_SMALL, IMAGE_QUOTA_REACHED,
 * TOO_MANY_IMAGES, LISTING_NOT_FOUND, SELLER_NOT_FOUND
 */
export async function receiveImage(
  ctx: Context,
  { purpose, subjectId, alt = '', file }: Omit<UploadImageQuery, 'next'> & { file: ReceivedFile },
): Promise<ImageState> {
  const actor = requireUser(ctx.actor);
  const { images } = ctx.services;
  const place = subjectId === undefined ? null : { purpose, subjectId };
  await images.codec.probe(file.path);

  const claimed = await ctx.transaction(async (store) => {
    if (place) await requirePlace(store, place, actor.id, ctx.now());
    await store.images.lockOwner(actor.id);
    const known = await store.images.findLive({ ownerId: actor.id, purpose, sha256: file.sha256 });
    if (known && (await store.images.touch(known.id, actor.id, ctx.now()))) return known;
    requireRoom(await store.images.usage(actor.id), file.bytes);
    const originalKey = images.newOriginalKey();
    const id = await store.images.insert({ ownerId: actor.id, purpose, sha256: file.sha256, bytes: file.bytes, originalKey }, ctx.now());
    return { id, originalKey, status: 'receiving' as const };
  });
  // Also where another request began with the same file and did not come to its end.
  if (claimed.status === 'receiving' && claimed.originalKey)
    await images.files.putFile(claimed.originalKey, file.path, 'application/octet-stream');

  return ctx.transaction(async (store) => {
    if (place) await requirePlace(store, place, actor.id, ctx.now());
    if (!(await store.images.touch(claimed.id, actor.id, ctx.now()))) throw new AppError('EDIT_CONFLICT');
    await store.images.received(claimed.id, ctx.now());
    if (place) await attachIn(store, place, claimed.id, alt);
    const row = await store.images.find(claimed.id);
    if (!row) throw new AppError('IMAGE_NOT_FOUND');
    await store.outbox.append({ topic: 'image.changed', subjectId: actor.id, payload: { imageId: row.id } }, ctx.now());
    return toImageState(ctx, row, alt);
  });
}
