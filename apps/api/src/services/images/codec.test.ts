import { readFileSync } from 'node:fs';
import path from 'node:path';
import { picture } from '@assay/testing';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { sharpCodec } from './codec.ts';

const FILES = path.resolve(import.meta.dirname, '../../../../../tests/files');
const codec = sharpCodec();
const render = (content: Uint8Array) => codec.render(content, 'listing');
const refusal = (content: Uint8Array) =>
  render(content).then(
    () => 'taken',
    (error: unknown) => (error as { code: string }).code,
  );

describe('a JPEG that is not by the book', () => {
  let jpeg: Buffer;
  beforeAll(async () => {
    jpeg = await sharp(await picture(400, 300))
      .jpeg()
      .toBuffer();
  });

  it('is taken where the decoder only warns', async () => {
    // Parameters of the scan that cameras leave at zero.
    expect((await render(readFileSync(path.join(FILES, 'sos-params.jpg')))).variants.length).toBeGreaterThan(0);
    // Bytes between two segments.
    const afterFirst = 2 + 2 + jpeg.readUInt16BE(4);
    const garbage = Buffer.concat([jpeg.subarray(0, afterFirst), Buffer.from([0x00, 0x12, 0x34]), jpeg.subarray(afterFirst)]);
    expect(await render(garbage)).toMatchObject({ width: 400, height: 300 });
  });

  it('is refused where a part of the picture is missing', async () => {
    for (const rest of [jpeg.length / 2, jpeg.length * 0.9, jpeg.length - 2])
      expect([rest, await refusal(jpeg.subarray(0, Math.floor(rest)))]).toEqual([rest, 'IMAGE_BROKEN']);
    expect(await refusal(jpeg)).toBe('taken');
  });
});
