import { summaryOf } from '@assay/contract';
import type { ShareFacts } from '@assay/core';
import { look, picture } from '@assay/testing/pictures';
import { describe, expect, it } from 'vitest';
import { drawing } from './drawing.ts';
import { notoFonts } from './noto.ts';
import { shareImages } from './share-images.ts';
import { broken, lettersOf, typesetter } from './typesetter.ts';

const facts: ShareFacts = {
  sellerId: 2,
  name: 'Quillon Pottery',
  location: 'Évora',
  summary: summaryOf(2, { 1: 2, 2: 1, 3: 6, 4: 35, 5: 268 }),
  accent: '#2d5488',
  face: null,
  cover: null,
};
const none = { read: () => Promise.resolve(null) };
const serif = typesetter('serif');

describe('the picture by which a store is shared', () => {
  it('is a PNG of the size that sites ask for, in the store’s colour', async () => {
    const png = Buffer.from(await shareImages(none).make(facts));
    const { metadata, colour } = await look(png, { x: 0.9, y: 0.05 });
    expect([metadata.format, metadata.width, metadata.height]).toEqual(['png', 1200, 630]);
    expect(colour).toEqual([0x2d, 0x54, 0x88]);
    expect(png.byteLength).toBeLessThan(60_000);
  });

  it('shows cover and face where there are some, and does without those that cannot be read', async () => {
    const files: Record<string, Buffer> = { face: await picture(64, 64, 'webp', 3), cover: await picture(640, 200, 'webp', 5) };
    const images = shareImages({ read: (key) => Promise.resolve(files[key] ?? null) });
    const shown = Buffer.from(await images.make({ ...facts, face: 'face', cover: 'cover' }));
    expect((await look(shown, { x: 0.9, y: 0.05 })).colour).not.toEqual([0x2d, 0x54, 0x88]);
    const without = Buffer.from(await images.make({ ...facts, face: 'gone', cover: 'gone' }));
    expect((await look(without, { x: 0.9, y: 0.05 })).colour).toEqual([0x2d, 0x54, 0x88]);
  });

  it('says a score only where there is one, and nothing where visitors have no ratings', () => {
    const widths = (svg: string) => svg.length;
    const few = drawing({ ...facts, summary: summaryOf(2, { 1: 0, 2: 0, 3: 0, 4: 1, 5: 1 }) });
    const off = drawing({ ...facts, summary: null });
    expect(few).toContain('stroke-width="1.6"'); // the outlined mark of a new seller
    expect(drawing(facts)).not.toContain('stroke-width');
    expect(off).not.toMatch(/stroke-width|#80878b/);
    expect(off.match(/#8c5b08/g)).toHaveLength(1); // the product's own mark
    expect(widths(off)).toBeLessThan(widths(few));
  });

  it.each(['木村陶器店', '🏺🏺', '\u202E\u0000', '', 'a\u0301'.repeat(40), 'W'.repeat(200), '<script>&"'])(
    'is made of any name: %j',
    async (name) => {
      const png = await shareImages(none).make({ ...facts, name, location: name });
      expect((await look(Buffer.from(png))).metadata.width).toBe(1200);
    },
  );

  it.each(['木村陶器店', 'ひかり窯・京都', '서울 도자기', '龍泉青瓷', '陶艺工作室', 'محمد للخزف', 'متجر Ali', '☕ 茶 & Tea'])(
    'has the name in its own script: %j',
    async (name) => {
      const more = await notoFonts(name);
      expect(typesetter('serif', more).covers(lettersOf(name))).toBe(true);
      expect(drawing({ ...facts, name }, more)).not.toBe(drawing({ ...facts, name: 'A store on Assay' }, more));
    },
  );

  it('sets Arabic from right to left, joined, and Latin within it from left to right', async () => {
    const set = typesetter('serif', await notoFonts('متجر'));
    const shapes = (text: string) => [...set.line(text, 40).svg.matchAll(/ d="([^"]+)"/g)].map(([, shape]) => shape);
    // One font for all of a text: not the Latin of the product's own.
    expect(shapes('متجر Ali').slice(0, 3)).toEqual(['م A', 'م l', 'م i'].map((text) => shapes(text)[0]));
    expect(shapes('متجر Ali').slice(3)).toEqual(shapes('متجر'));
    expect(shapes('متجر دار')).toEqual([...shapes('دار'), ...shapes('متجر')]);
    expect(shapes('مم')).not.toEqual([...shapes('م'), ...shapes('م')]); // joined letters have other shapes
    expect(shapes('Kiln & Co.')).toEqual(Array.from('Kiln & Co.').flatMap(shapes));
  });

  it('is made once for all who ask at once, and kept', async () => {
    let reads = 0;
    const images = shareImages({ read: () => (reads++, Promise.resolve(null)) });
    const wanted = { ...facts, face: 'f' };
    const [first, ...others] = await Promise.all([images.make(wanted), images.make(wanted), images.make(wanted)]);
    expect(others.every((other) => other === first)).toBe(true);
    expect(await images.make(wanted)).toBe(first);
    expect(reads).toBe(1);
    expect(images.nameOf({ ...facts, name: 'Other' })).not.toBe(images.nameOf(facts));
  });

  it('is refused while too many wait; one that fails blocks no other', async () => {
    let fail = () => {};
    const held = new Promise<null>((_, reject) => (fail = () => reject(new Error('The bucket is away.'))));
    const images = shareImages({ read: () => held });
    const waiting = Array.from({ length: 24 }, (_, i) => images.make({ ...facts, sellerId: i, face: 'f' }));
    await expect(images.make({ ...facts, sellerId: 99 })).rejects.toMatchObject({ code: 'BUSY', retryAfterS: 5 });
    fail();
    expect(new Set((await Promise.allSettled(waiting)).map(({ status }) => status))).toEqual(new Set(['rejected']));
    await expect(images.make({ ...facts, sellerId: 99 })).resolves.toBeInstanceOf(Uint8Array);
  });
});

describe('names', () => {
  it('lose what are no letters', () => {
    expect(lettersOf(' Kiln  🏺 & Co. 👩🏽‍🎨 ')).toBe('Kiln & Co.');
  });

  it.each([
    ['Quillon', true],
    ['Łódź', true],
    ['Мастерская', true],
    ['Ελένη', true],
    ['木村', false],
    ['שלום', false],
  ])('%s can be set: %s', (name, can) => {
    expect(serif.covers(name)).toBe(can);
  });

  it('are broken between words, and within one that is too long; nothing is wider than its box', () => {
    const box = { set: serif, size: 52, width: 1040, most: 2 };
    const long = broken('Atelier of Northern Kanazawa and all of its Surroundings and many more words than fit in here', box);
    expect([long.whole, long.lines.length]).toEqual([false, 2]);
    expect(long.lines[1]).toMatch(/…$/);
    for (const line of [...long.lines, ...broken('W'.repeat(120), box).lines])
      expect(serif.line(line, box.size).width).toBeLessThanOrEqual(box.width);
    expect(broken('Short name', box)).toEqual({ lines: ['Short name'], whole: true });
  });
});
