import { createHash } from 'node:crypto';
import { AppError, type MediaStore, type ShareFacts } from '@assay/core';
import { renderAsync } from '@resvg/resvg-js';
import { LRUCache } from 'lru-cache';
import sharp, { type OverlayOptions } from 'sharp';
import { COVER_BOX, cutBox, drawing, FACE_BOX, SHARE_SIZE } from './drawing.ts';

/** Changes with the drawing: what was kept before is not taken for it. */
const DESIGN = 1;
/** Pictures that are kept, and the memory they may take. */
const KEPT = { max: 300, maxSize: 24 * 1024 * 1024 };
/** Pictures that wait to be made; who comes then is told to come again. */
const WAITING_MAX = 24;
const RETRY_S = 5;

export interface ShareImages {
  /** What the picture of these facts is called: another one has another name. */
  nameOf(facts: ShareFacts): string;
  /** The picture as a PNG. @throws AppError BUSY */
  make(facts: ShareFacts): Promise<Uint8Array>;
}

/** Pictures by which stores are shared: made one after another, and kept in this process by what they show. */
export function shareImages(files: Pick<MediaStore, 'read'>): ShareImages {
  const kept = new LRUCache<string, Uint8Array>({ ...KEPT, sizeCalculation: ({ byteLength }) => byteLength });
  const flights = new Map<string, Promise<Uint8Array>>();
  let last: Promise<unknown> = Promise.resolve();

  const nameOf = (facts: ShareFacts) =>
    createHash('sha256')
      .update(JSON.stringify([DESIGN, facts]))
      .digest('base64url')
      .slice(0, 27);

  return {
    nameOf,
    async make(facts) {
      const name = nameOf(facts);
      const known = kept.get(name) ?? flights.get(name);
      if (known) return known;
      if (flights.size >= WAITING_MAX) throw new AppError('BUSY', { retryAfterS: RETRY_S });
      const flight = last.then(() => render(facts, files));
      last = flight.catch(() => {});
      flights.set(name, flight);
      try {
        const png = await flight;
        kept.set(name, png);
        return png;
      } finally {
        flights.delete(name);
      }
    },
  };
}

const png = async (svg: string) => (await renderAsync(svg, { font: { loadSystemFonts: false } })).asPng();

async function render(facts: ShareFacts, files: Pick<MediaStore, 'read'>): Promise<Uint8Array> {
  const [cover, face] = await Promise.all([pictureOf(facts.cover, files), pictureOf(facts.face, files)]);
  // What cannot be read is as if it were not there.
  const layers: OverlayOptions[] = cover ? [{ input: await sized(cover, COVER_BOX), left: COVER_BOX.left, top: COVER_BOX.top }] : [];
  layers.push({ input: await png(drawing({ ...facts, cover: cover && facts.cover, face: face && facts.face })) });
  if (face) layers.push({ input: await octagon(face), left: FACE_BOX.left, top: FACE_BOX.top });
  return sharp({ create: { ...SHARE_SIZE, channels: 3, background: '#f5f5f1' } })
    .composite(layers)
    .png({ compressionLevel: 9, palette: cover === null && face === null, colours: 256 })
    .toBuffer();
}

const pictureOf = async (key: string | null, files: Pick<MediaStore, 'read'>) => (key === null ? null : files.read(key));

const sized = (content: Uint8Array, { width, height }: { width: number; height: number }) =>
  sharp(content).resize({ width, height, fit: 'cover' }).png().toBuffer();

async function octagon(face: Uint8Array): Promise<Buffer> {
  const { width, height } = FACE_BOX;
  const mask = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><path d="${cutBox({ left: 0, top: 0, width, height }, 27)}"/></svg>`;
  return sharp(await sized(face, FACE_BOX))
    .ensureAlpha()
    .composite([{ input: await png(mask), blend: 'dest-in' }])
    .png()
    .toBuffer();
}
