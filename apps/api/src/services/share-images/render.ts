import type { MediaStore, ShareFacts } from '@assay/core';
import { renderAsync } from '@resvg/resvg-js';
import sharp, { type OverlayOptions } from 'sharp';
import { notoFonts } from './noto.ts';
import { COVER_BOX, cutBox, drawing, FACE_BOX, SHARE_SIZE } from './drawing.ts';

const png = async (svg: string) => (await renderAsync(svg, { font: { loadSystemFonts: false } })).asPng();

/** The picture as a PNG. */
export async function render(facts: ShareFacts, files: Pick<MediaStore, 'read'>): Promise<Uint8Array> {
  const [cover, face] = await Promise.all([pictureOf(facts.cover, files), pictureOf(facts.face, files)]);
  // What cannot be read is as if it were not there.
  const layers: OverlayOptions[] = cover ? [{ input: await sized(cover, COVER_BOX), left: COVER_BOX.left, top: COVER_BOX.top }] : [];
  const more = await notoFonts(`${facts.name} ${facts.location ?? ''}`);
  layers.push({ input: await png(drawing({ ...facts, cover: cover && facts.cover, face: face && facts.face }, more)) });
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
