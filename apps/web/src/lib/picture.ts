import type { ImageView } from '@assay/contract';

/** Address of an image at its largest, in the format that every browser and reader of links takes; none while it is being made. */
export const largestOf = ({ sources }: Pick<ImageView, 'sources'>): string | undefined =>
  sources.findLast(({ type }) => type === 'image/webp')?.url;
