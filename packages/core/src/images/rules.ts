import { IMAGES_OF } from '@assay/contract';
import { AppError } from '../kernel/errors.ts';
import type { ImagePurpose, ImageUsage, ImageUse } from './ports.ts';

/** What one person may store. */
export const QUOTA = { images: 1000, bytes: 2 * 1024 ** 3, waiting: 40 } as const;

/** @throws AppError IMAGE_QUOTA_REACHED */
export function requireRoom(usage: ImageUsage, bytes: number): void {
  if (usage.images >= QUOTA.images || usage.bytes + bytes > QUOTA.bytes || usage.waiting >= QUOTA.waiting)
    throw new AppError('IMAGE_QUOTA_REACHED');
}

/** Places of one image show the newest that is ready: the one before stays until then. */
const isSingle = (purpose: ImagePurpose) => IMAGES_OF[purpose] === 1;

/**
 * The place with another image, last; one that is there already gets the new description.
 * @throws AppError TOO_MANY_IMAGES
 */
export function withAttached(uses: readonly ImageUse[], purpose: ImagePurpose, added: ImageUse): ImageUse[] {
  if (isSingle(purpose)) {
    if (added.status === 'ready') return [added];
    return [...uses.filter(({ status, imageId }) => status === 'ready' && imageId !== added.imageId).slice(0, 1), added];
  }
  if (uses.some(({ imageId }) => imageId === added.imageId))
    return uses.map((use) => (use.imageId === added.imageId ? { ...use, alt: added.alt || use.alt } : use));
  if (uses.length >= IMAGES_OF[purpose]) throw new AppError('TOO_MANY_IMAGES');
  return [...uses, added];
}

/** The place when an image of it has become ready. */
export function whenReady(uses: readonly ImageUse[], purpose: ImagePurpose, imageId: number): readonly ImageUse[] {
  return isSingle(purpose) ? uses.filter((use) => use.imageId === imageId) : uses;
}

/** @throws AppError EDIT_CONFLICT unless `order` names every image of the place once */
export function reordered(uses: readonly ImageUse[], order: readonly number[]): ImageUse[] {
  const found = order.map((id) => uses.find(({ imageId }) => imageId === id));
  if (order.length !== uses.length || new Set(order).size !== order.length || found.includes(undefined))
    throw new AppError('EDIT_CONFLICT');
  return found as ImageUse[];
}
