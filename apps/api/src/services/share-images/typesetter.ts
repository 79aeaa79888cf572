import { readFileSync } from 'node:fs';
import bidiOf from 'bidi-js';
import { create, type Font } from 'fontkit';

const FONTS = new URL('../../../assets/fonts/', import.meta.url);
/** For what the product's own fonts do not have: more Latin, Cyrillic, Greek. */
const WIDER = ['latin', 'latin-ext', 'cyrillic', 'greek', 'vietnamese'].map((part) => `noto-serif-${part}-400-normal`);
const FILES = { serif: 'newsreader-display-wght', sans: 'hanken-grotesk-wght' };

/** One line as SVG paths, from its baseline at 0,0 to the right. */
export interface Line {
  svg: string;
  width: number;
}

export interface Typesetter {
  /** Can all of it be drawn? */
  covers(text: string): boolean;
  /** @param size in pixels. What no font has is left out. */
  line(text: string, size: number): Line;
}

const PICTURES = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\p{Variation_Selector}|\u200D/gu;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
export const graphemesOf = (text: string): string[] => [...graphemes.segment(text)].map(({ segment }) => segment);

/** What of a name can be set in letters: without pictures, in one line. */
export const lettersOf = (name: string): string => name.normalize('NFC').replace(PICTURES, '').replace(/\s+/g, ' ').trim();

const codePoints = (text: string) => Array.from(text, (character) => character.codePointAt(0)!);

const opened = new Map<string, Font>();

/** A font of the product, read when the first picture is drawn. */
function open(name: string): Font {
  const font = opened.get(name) ?? (create(readFileSync(new URL(`${name}.woff2`, FONTS))) as Font);
  opened.set(name, font);
  return font;
}

interface Run {
  font: Font;
  text: string;
  /** Odd from right to left. */
  level: number;
}

const bidi = bidiOf();

/** The levels of text by UTF-16 unit; zero throughout where nothing runs from right to left. */
const levelsOf = (text: string): Uint8Array =>
  /[\p{sc=Arab}\p{sc=Hebr}]/u.test(text) ? bidi.getEmbeddingLevels(text).levels : new Uint8Array(text.length);

/** Runs from left to right as they are seen: from the highest level down, neighbours of a level and above turn round (UAX 9, L2). */
function inSight(runs: readonly Run[]): Run[] {
  const seen = [...runs];
  for (let level = Math.max(0, ...runs.map((run) => run.level)); level > 0; level--) {
    for (let from = 0; from < seen.length; from++) {
      let to = from;
      while (to < seen.length && seen[to]!.level >= level) to++;
      seen.splice(from, to - from, ...seen.slice(from, to).reverse());
      from = Math.max(from, to);
    }
  }
  return seen;
}

/**
 * Sets text in the product's font where that has all of it, in the wider ones otherwise: never in both.
 * @param more fonts for what the product's own ones do not have
 */
export function typesetter(face: keyof typeof FILES, more: readonly Font[] = []): Typesetter {
  const own = [open(FILES[face])];
  const wider = [...WIDER.map(open), ...more];
  const fontOf = (grapheme: string, fonts: Font[]) =>
    fonts.find((font) => codePoints(grapheme).every((point) => font.hasGlyphForCodePoint(point)));
  const familyOf = (text: string) => (graphemesOf(text).every((grapheme) => fontOf(grapheme, own)) ? own : wider);

  /** Neighbours in one font stay together: they may be kerned. */
  const runsOf = (text: string) => {
    const fonts = familyOf(text);
    const levels = levelsOf(text);
    const runs: Run[] = [];
    let index = 0;
    for (const grapheme of graphemesOf(text)) {
      const font = fontOf(grapheme, fonts);
      const level = levels[index]!;
      const last = runs.at(-1);
      if (font && last?.font === font && last.level === level) last.text += grapheme;
      else if (font) runs.push({ font, text: grapheme, level });
      index += grapheme.length;
    }
    return inSight(runs);
  };

  return {
    covers: (text) => {
      const fonts = familyOf(text);
      return graphemesOf(text).every((grapheme) => fontOf(grapheme, fonts));
    },
    line(text, size) {
      let x = 0;
      let svg = '';
      for (const { font, text: run, level } of runsOf(text)) {
        const scale = size / font.unitsPerEm;
        const { glyphs, positions } = font.layout(run, undefined, undefined, undefined, level % 2 === 1 ? 'rtl' : 'ltr');
        glyphs.forEach((glyph, i) => {
          const { xAdvance, xOffset, yOffset } = positions[i]!;
          const path = glyph.path.toSVG();
          const place = `translate(${(x + xOffset * scale).toFixed(2)} ${(-yOffset * scale).toFixed(2)}) scale(${scale.toFixed(5)} ${(-scale).toFixed(5)})`;
          if (path) svg += `<path transform="${place}" d="${path}"/>`;
          x += xAdvance * scale;
        });
      }
      return { svg, width: x };
    },
  };
}

/** Text in at most `most` lines, broken between words, or within one that is too long; the last line ends with "…" where more follows. */
export function broken(
  text: string,
  { set, size, width, most }: { set: Typesetter; size: number; width: number; most: number },
): { lines: string[]; whole: boolean } {
  const fits = (line: string) => set.line(line, size).width <= width;
  const lines: string[] = [];
  let rest = text;
  while (rest && lines.length < most) {
    const line = fits(rest) ? rest : longest(rest, fits);
    lines.push(line);
    rest = rest.slice(line.length).trimStart();
  }
  if (!rest) return { lines, whole: true };
  const last = graphemesOf(lines.pop()!);
  while (last.length > 1 && !fits(`${last.join('').trimEnd()}…`)) last.pop();
  return { lines: [...lines, `${last.join('').trimEnd()}…`], whole: false };
}

/** As many words as fit; as many letters where the first word alone does not. */
function longest(text: string, fits: (line: string) => boolean): string {
  const grow = (parts: string[]) => {
    let line = '';
    for (const part of parts) {
      if (!fits((line + part).trimEnd())) break;
      line += part;
    }
    return line.trimEnd();
  };
  return grow(text.split(/(?<=\s)/)) || grow(graphemesOf(text)) || graphemesOf(text)[0]!;
}
