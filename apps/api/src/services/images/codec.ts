import { createHash } from 'node:crypto';
import { AppError, type ImageCodec, type ImagePurpose, type RenderedImage } from '@assay/core';
import sharp, { type Metadata, type Sharp } from 'sharp';

/** Longest side and most pixels that are decoded: 50 million take about 200 MB. */
const SIDE_MAX = 12_000;
const PIXELS_MAX = 50_000_000;
const SIDE_MIN = 16;
/** Longest time for one size. */
const TIMEOUT_S = 30;
const QUALITY = { webp: 80, avif: 52 } as const;
/** Of AVIF: 4 would take eight times as long and save hardly anything. */
const AVIF_EFFORT = 2;
const BLUR_SIDE = 16;

/** Widths that are made. Profile images are square; none is made larger than it was. */
const SIZES: Record<ImagePurpose, { widths: number[]; square?: boolean }> = {
  profile: { widths: [96, 192, 384], square: true },
  cover: { widths: [640, 1280, 1920] },
  listing: { widths: [320, 640, 1280] },
};

const TYPES = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif']);

// Everything else that libvips could open (SVG, PDF, TIFF, …) stays closed, for any file name.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadNsgif', 'VipsForeignLoadHeif'],
});
sharp.cache(false); // no file is opened twice

// Of a warning the picture is whole: cameras and editors write files that are not by the book.
const open = (input: string | Uint8Array): Sharp =>
  sharp(input, { limitInputPixels: PIXELS_MAX, failOn: 'error', pages: 1, sequentialRead: true }).timeout({ seconds: TIMEOUT_S });

/** What libvips says, as ours. */
function refusalOf(error: unknown): AppError {
  const words = error instanceof Error ? error.message : '';
  if (/unsupported image format|is empty|unknown file type/i.test(words)) return new AppError('IMAGE_TYPE_UNSUPPORTED');
  if (/exceeds pixel limit|dimensions exceed|too large|exceeds? .*limit/i.test(words)) return new AppError('IMAGE_TOO_MANY_PIXELS');
  if (/timeout/i.test(words)) return new AppError('IMAGE_UNPROCESSABLE');
  return new AppError('IMAGE_BROKEN');
}

/** @throws AppError */
function requireSane({ mediaType, width, height }: Metadata): void {
  if (!mediaType || !TYPES.has(mediaType)) throw new AppError('IMAGE_TYPE_UNSUPPORTED');
  if (width > SIDE_MAX || height > SIDE_MAX || width * height > PIXELS_MAX) throw new AppError('IMAGE_TOO_MANY_PIXELS');
  if (width < SIDE_MIN || height < SIDE_MIN) throw new AppError('IMAGE_TOO_SMALL');
}

/** Runs one after another: pictures are large, and the processor is there for requests too. */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => {});
    return next;
  };
}

/** Images by sharp (libvips). What a file is, its content decides. */
export function sharpCodec(): ImageCodec {
  const probing = oneAtATime();
  const rendering = oneAtATime();
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw error instanceof AppError ? error : refusalOf(error);
    }
  };
  return {
    probe: (path) => probing(() => guarded(async () => requireSane(await open(path).metadata()))),
    render: (content, purpose) => rendering(() => guarded(() => render(content, purpose))),
  };
}

async function render(content: Uint8Array, purpose: ImagePurpose): Promise<RenderedImage> {
  const head = await open(content).metadata();
  requireSane(head);
  const { widths, square = false } = SIZES[purpose];
  const upright = { width: head.autoOrient.width, height: head.autoOrient.height };
  const widest = square ? Math.min(upright.width, upright.height) : upright.width;
  const wanted = [...new Set(widths.map((width) => Math.min(width, widest)))];
  const largest = wanted.at(-1)!;

  // Decoded once, at the largest size; the others are made of that. Metadata is left behind, colours become sRGB.
  const { data, info } = await open(content)
    .autoOrient()
    .resize(square ? { width: largest, height: largest, fit: 'cover' } : { width: largest })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const base = () =>
    sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } }).timeout({ seconds: TIMEOUT_S });

  const variants: RenderedImage['variants'] = [];
  for (const width of wanted) {
    for (const format of ['avif', 'webp'] as const) {
      const sized = base().resize({ width });
      const encoded =
        format === 'avif' ? sized.avif({ quality: QUALITY.avif, effort: AVIF_EFFORT }) : sized.webp({ quality: QUALITY.webp });
      const made = await encoded.toBuffer({ resolveWithObject: true });
      const contentHash = createHash('sha256').update(made.data).digest('hex').slice(0, 20);
      variants.push({ format, width: made.info.width, height: made.info.height, contentHash, content: made.data });
    }
  }
  // Behind a picture that can be looked through it would be seen for ever.
  const opaque = info.channels < 4 || (await base().stats()).isOpaque;
  const blur = await base()
    .resize({ width: BLUR_SIDE, height: BLUR_SIDE, fit: 'inside' })
    .webp({ quality: 30, alphaQuality: 30 })
    .toBuffer();
  return { width: info.width, height: info.height, blur: opaque ? `data:image/webp;base64,${blur.toString('base64')}` : '', variants };
}
