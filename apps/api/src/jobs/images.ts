import { unifiedImageService, type Context } from '@assay/core';
import type { Container } from '../container.ts';

const HOUR_MS = 60 * 60 * 1000;

/** Deletes images after their retention period, and uploads whose process died while they arrived. */
export async function cleanImages(container: Container, ctx: Context): Promise<void> {
  const cleaned = await unifiedImageService.clean(ctx);
  const swept = await container.images.sweepTemporary(new Date(ctx.now().getTime() - HOUR_MS));
  if (cleaned + swept > 0) container.log.info({ images: cleaned, arriving: swept }, 'cleaned images away');
}
