import type { ImageState, UploadImageQuery } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireCleanFile } from '../malware/require-clean-file.ts';
import type { ReceivedFile } from './ports.ts';
import { imageKey } from './render-image.ts';
import { requireRoom } from './rules.ts';
import { attachIn, requirePlace } from './use-images.ts';
import { toImageState } from './views.ts';

/**
 * Takes a received file in: looks at what it is, keeps it, and attaches it where that was asked for. A task makes its sizes. The same file for the same purpose is the same image.
 * @throws AppError UNAUTHENTICATED, IMAGE_TYPE_UNSUPPORTED, IMAGE_BROKEN, IMAGE_TOO_MANY_PIXELS, IMAGE_TOO_SMALL, FILE_INFECTED,
 * FILE_NOT_SCANNED, IMAGE_QUOTA_REACHED, TOO_MANY_IMAGES, LISTING_NOT_FOUND, SELLER_NOT_FOUND
 */
export async function receiveImage(
  ctx: Context,
  { purpose, subjectId, alt = '', file }: Omit<UploadImageQuery, 'next'> & { file: ReceivedFile },
): Promise<ImageState> {
  const actor = requireUser(ctx.actor);
  const { images } = ctx.services;
  const place = subjectId === undefined ? null : { purpose, subjectId };
  await images.codec.probe(file.path);
  await requireCleanFile(ctx, file);

  const claimed = await ctx.change(async (tx) => {
    if (place) await requirePlace(tx.repos, place, actor.id, tx.at);
    await tx.repos.images.lockOwner(actor.id);
    const known = await tx.repos.images.findLive({ ownerId: actor.id, purpose, sha256: file.sha256 });
    if (known && (await tx.repos.images.lock(known.id, actor.id, tx.at))) return known;
    requireRoom(await tx.repos.images.usage(actor.id), file.bytes);
    const originalKey = images.newOriginalKey();
    const id = await tx.repos.images.insert({ ownerId: actor.id, purpose, sha256: file.sha256, bytes: file.bytes, originalKey }, tx.at);
    return { id, originalKey, status: 'receiving' as const };
  });
  // Also where another request began with the same file and did not come to its end.
  if (claimed.status === 'receiving' && claimed.originalKey)
    await images.files.putFile(claimed.originalKey, file.path, 'application/octet-stream');

  return ctx.change(async (tx) => {
    if (place) await requirePlace(tx.repos, place, actor.id, tx.at);
    if (!(await tx.repos.images.lock(claimed.id, actor.id, tx.at))) throw new AppError('EDIT_CONFLICT');
    await tx.repos.images.received(claimed.id, tx.at);
    await tx.enqueue('image.render', { imageId: claimed.id }, { key: imageKey(claimed.id) });
    if (place) await attachIn(tx.repos, place, claimed.id, alt);
    const row = await tx.repos.images.find(claimed.id);
    if (!row) throw new AppError('IMAGE_NOT_FOUND');
    await tx.publish('image.changed', { ownerId: actor.id, imageId: row.id });
    return toImageState(tx, row, alt);
  });
}
