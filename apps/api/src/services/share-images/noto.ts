import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import arabic from '@fontsource-variable/noto-sans-arabic/unicode.json' with { type: 'json' };
import jp from '@fontsource-variable/noto-sans-jp/unicode.json' with { type: 'json' };
import kr from '@fontsource-variable/noto-sans-kr/unicode.json' with { type: 'json' };
import sc from '@fontsource-variable/noto-sans-sc/unicode.json' with { type: 'json' };
import { create, type Font } from 'fontkit';
import { LRUCache } from 'lru-cache';
import { unpack } from './unpack.ts';

type Family = 'arabic' | 'jp' | 'kr' | 'sc';

/** Each font comes in parts of some hundred characters: which one has which, as CSS ranges by the part's name. */
const PARTS: Record<Family, Record<string, string>> = { arabic, jp, kr, sc };
/** Up to here the product's own fonts have what names are written in. */
const OWN_UP_TO = 0x5ff;
const WEIGHT = 400;

const { resolve } = createRequire(import.meta.url);
/** Parts that were read, 100 kB to 500 kB each. */
const read = new LRUCache<string, Font>({ max: 40 });

/** Fonts for what the product's own ones do not have of a text: Chinese, Japanese, Korean, Arabic. They are read when a name needs them. */
export async function notoFonts(text: string): Promise<Font[]> {
  const families = familiesOf(text);
  const parts = new Set<string>();
  for (const character of text) {
    const point = character.codePointAt(0)!;
    const family = point > OWN_UP_TO ? families.find((one) => partOf(one, point)) : undefined;
    if (family) parts.add(`${family} ${partOf(family, point)!}`);
  }
  return Promise.all([...parts].map(open));
}

/** The same Chinese character is drawn in another way in each of the languages: kana and hangul say which one it is. */
function familiesOf(text: string): Family[] {
  if (/[\p{sc=Hira}\p{sc=Kana}]/u.test(text)) return ['arabic', 'jp', 'sc', 'kr'];
  if (/\p{sc=Hang}/u.test(text)) return ['arabic', 'kr', 'sc', 'jp'];
  return ['arabic', 'sc', 'jp', 'kr'];
}

interface Range {
  from: number;
  to: number;
  part: string;
}

const ranges = new Map<Family, Range[]>();

/** What the parts of a font have: "U+4E00-4E02,U+4E04" by part. */
function rangesOf(family: Family): Range[] {
  let known = ranges.get(family);
  if (!known) {
    known = Object.entries(PARTS[family]).flatMap(([part, list]) =>
      list.split(',').map((range) => {
        const [from = '', to = from] = range.replace(/^U\+/i, '').split('-');
        return { part, from: Number.parseInt(from, 16), to: Number.parseInt(to, 16) };
      }),
    );
    ranges.set(family, known);
  }
  return known;
}

const partOf = (family: Family, point: number): string | undefined =>
  rangesOf(family).find(({ from, to }) => point >= from && point <= to)?.part;

async function open(familyAndPart: string): Promise<Font> {
  const known = read.get(familyAndPart);
  if (known) return known;
  const [family, part] = familyAndPart.split(' ') as [Family, string];
  const file = `noto-sans-${family}-${part.replace(/[[\]]/g, '')}-wght-normal.woff2`;
  // Fontkit varies no packed font. Unvaried, these are hairlines.
  const unpacked = await unpack(await readFile(resolve(`@fontsource-variable/noto-sans-${family}/files/${file}`)));
  const font = (create(unpacked) as Font).getVariation({ wght: WEIGHT });
  read.set(familyAndPart, font);
  return font;
}
