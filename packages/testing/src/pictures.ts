import { deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A picture that looks like one to encoders: a gradient with some grain. */
export async function picture(
  width: number,
  height: number,
  format: 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' = 'jpeg',
  seed = 1,
): Promise<Buffer> {
  return (await pixels(width, height, seed)).toFormat(format).toBuffer();
}

async function pixels(width: number, height: number, seed: number) {
  const raw = Buffer.alloc(width * height * 3);
  for (let i = 0, y = 0; y < height; y++)
    for (let x = 0; x < width; x++, i += 3) {
      raw[i] = ((x * 255) / width) | 0;
      raw[i + 1] = ((y * 255) / height) | 0;
      raw[i + 2] = (seed * 37 + ((x * y) % 64)) & 255;
    }
  return sharp(raw, { raw: { width, height, channels: 3 } });
}

/** As a telephone held upright takes it: lying pixels, an orientation, a place and a serial number. Red where it is up. */
export async function photograph(): Promise<Buffer> {
  const width = 800;
  const height = 600;
  const left = { create: { width: width / 2, height, channels: 3 as const, background: '#d02020' } };
  return sharp({ create: { width, height, channels: 3, background: '#2020d0' } })
    .composite([{ input: left, left: 0, top: 0 }])
    .withMetadata({ orientation: 6 })
    .withExifMerge({ IFD0: { Make: 'SECRETCAM' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
    .jpeg()
    .toBuffer();
}

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  let crc = 0xffffffff;
  for (const byte of body) crc = crcTable[(crc ^ byte) & 255]! ^ (crc >>> 8);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** A PNG that says how large it is, and holds any `data`. */
export function rawPng(width: number, height: number, data: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8); // 8 bits, grey
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(data)), chunk('IEND', Buffer.alloc(0))]);
}

/** Two pictures in one file: a red one, then a blue one. */
export async function animation(format: 'gif' | 'webp'): Promise<Buffer> {
  const frame = (background: string) =>
    sharp({ create: { width: 64, height: 48, channels: 3, background } })
      .png()
      .toBuffer();
  return sharp([await frame('#e01010'), await frame('#1010e0')], { join: { animated: true } })
    .toFormat(format)
    .toBuffer();
}

/** What an encoded picture is, and the colour of one of its points. */
export async function look(content: Buffer, at: { x: number; y: number } = { x: 0, y: 0 }) {
  const metadata = await sharp(content).metadata();
  const { data, info } = await sharp(content).raw().toBuffer({ resolveWithObject: true });
  const from = (Math.floor(at.y * (info.height - 1)) * info.width + Math.floor(at.x * (info.width - 1))) * info.channels;
  return { metadata, colour: [...data.subarray(from, from + 3)] };
}
