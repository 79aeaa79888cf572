import { readFile } from 'node:fs/promises';
import { create, type Font } from 'fontkit';
import { graphemesOf } from '../share-images/typesetter.ts';
import { unpack } from '../share-images/unpack.ts';

const FONTS = new URL('../../../assets/fonts/', import.meta.url);
const OWN = 'hanken-grotesk-wght';
/** For what the product's own font does not have: more Latin, Cyrillic, Greek. */
const WIDER = ['latin', 'latin-ext', 'cyrillic', 'greek', 'vietnamese'].map((part) => `noto-serif-${part}-400-normal`);

export type FontName = string;

let opened: Promise<Map<FontName, { bytes: Buffer; font: Font }>> | undefined;

/** The bundled fonts, unpacked: a PDF embeds the characters that it shows of a TrueType file. */
const fonts = () =>
  (opened ??= Promise.all(
    [OWN, ...WIDER].map(async (name) => {
      const bytes = await unpack(await readFile(new URL(`${name}.woff2`, FONTS)));
      return [name, { bytes, font: create(bytes) as Font }] as const;
    }),
  ).then((entries) => new Map(entries)));

export const unpackedFonts = async (): Promise<[FontName, Buffer][]> => [...(await fonts())].map(([name, { bytes }]) => [name, bytes]);

/** A piece of text in one font; null: none of the bundled ones has it, and it is drawn as outlines. */
export interface Run {
  font: FontName | null;
  text: string;
}

const words = new Intl.Segmenter('en', { granularity: 'word' });

/** Words that no bundled font has: from right to left all of them together, elsewhere each by itself, so that lines can be broken. */
const outlined = (text: string): Run[] =>
  /[\p{sc=Arab}\p{sc=Hebr}]/u.test(text)
    ? [{ font: null, text }]
    : [...words.segment(text)].map(({ segment }) => ({ font: null, text: segment }));

/** Text in pieces between which lines may be broken. It is in the product's own font where that has all of it, else in the wider ones. */
export async function runsOf(text: string): Promise<Run[]> {
  const known = await fonts();
  const has = (name: FontName, grapheme: string) =>
    Array.from(grapheme).every((character) => known.get(name)!.font.hasGlyphForCodePoint(character.codePointAt(0)!));
  const whole = text.normalize('NFC');
  if (graphemesOf(whole).every((grapheme) => has(OWN, grapheme))) return whole.split(/(?<= )/).map((word) => ({ font: OWN, text: word }));
  const parts = whole.split(/(?<= )/);
  const pieces = parts.map((word) => inFonts(word, (grapheme) => WIDER.find((name) => has(name, grapheme)) ?? null));
  const runs: Run[] = [];
  let without = '';
  for (const [index, piece] of pieces.entries()) {
    if (piece === null) without += parts[index]!;
    if (piece !== null || index === pieces.length - 1) {
      if (without) runs.push(...outlined(without));
      without = '';
    }
    if (piece !== null) runs.push(...piece);
  }
  return runs;
}

/** A word by the fonts of its letters; null where one letter has none. */
function inFonts(word: string, fontOf: (grapheme: string) => FontName | null): Run[] | null {
  const runs: Run[] = [];
  for (const grapheme of graphemesOf(word)) {
    const font = fontOf(grapheme);
    if (font === null) return null;
    const last = runs.at(-1);
    if (last?.font === font) last.text += grapheme;
    else runs.push({ font, text: grapheme });
  }
  return runs;
}
