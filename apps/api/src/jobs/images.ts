import { unifiedImageService, type Context } from '@assay/core';
import type { Container } from '../container.ts';
import { eagerWorker, type EagerWorker } from './eager-worker.ts';

const HOUR_MS = 60 * 60 * 1000;

/** Makes the sizes of uploaded images, one after another in each process. */
export const imageWorker = (container: Container, holder: string, contextOf: () => Context): EagerWorker =>
  eagerWorker(container, { job: 'images', topic: 'image.changed', once: () => unifiedImageService.process(contextOf(), holder) });

/** Cleans away what nobody wants, and uploads whose process died while they arrived. */
export async function cleanImages(container: Container, ctx: Context): Promise<void> {
  const cleaned = await unifiedImageService.clean(ctx);
  const swept = await container.images.sweepTemporary(new Date(ctx.now().getTime() - HOUR_MS));
  if (cleaned + swept > 0) container.log.info({ images: cleaned, arriving: swept }, 'cleaned images away');
}
