import { ERRORS, type AttachedImage, type AttachedImages, type ImageState, type ImageView } from '@assay/contract';
import type { Reads } from '../kernel/context.ts';
import type { AttachedRow, ImagePurpose, ImageWithVariants, ShownImage } from './ports.ts';

/** Best format first, as browsers choose the first that they understand. */
const FORMATS = ['avif', 'webp'] as const;

export function toImageView(ctx: Reads, { id, alt, width, height, blur, variants }: ShownImage): ImageView {
  const sources = FORMATS.flatMap((format) =>
    variants
      .filter((variant) => variant.format === format)
      .toSorted((a, b) => a.width - b.width)
      .map((variant) => ({
        type: `image/${format}` as const,
        width: variant.width,
        url: `${ctx.settings.images.publicBase}/${variant.storageKey}`,
      })),
  );
  return { id, alt, width, height, blur, sources };
}

export function toImageState(ctx: Reads, row: ImageWithVariants, alt = ''): ImageState {
  const { id, purpose, status, failure, bytes, createdAt, width, height, blur, variants } = row;
  const ready = status === 'ready' && width !== null && height !== null;
  return {
    id,
    purpose,
    status: status === 'receiving' ? 'uploaded' : status,
    failure: failure && { code: failure, message: ERRORS[failure].message },
    bytes,
    createdAt: createdAt.toISOString(),
    image: ready ? toImageView(ctx, { id, alt, width, height, blur: blur ?? '', variants }) : null,
  };
}

const toAttachedImage = (ctx: Reads, row: AttachedRow): AttachedImage => ({ ...toImageState(ctx, row, row.alt), alt: row.alt });

export const toAttachedImages = (ctx: Reads, rows: readonly AttachedRow[]): AttachedImages => ({
  items: rows.map((row) => toAttachedImage(ctx, row)),
  maxBytes: ctx.settings.images.maxBytes,
});

/** The image that stands for each subject, for views that embed it. */
export async function imagesOf(ctx: Reads, purpose: ImagePurpose, subjectIds: readonly number[]): Promise<Map<number, ImageView>> {
  const shown = await ctx.repos.images.shown(purpose, [...new Set(subjectIds)], true);
  return new Map([...shown].map(([subjectId, [first]]) => [subjectId, toImageView(ctx, first!)]));
}
