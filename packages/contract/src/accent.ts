// A store's own colour, and whether it can be read. Free of zod: pages show it while the seller chooses.

export type Theme = 'light' | 'dark';

/** The grounds that a store's colour stands on, the text that stands on it, and the ink beside it, as the design's tokens have them. */
export const ACCENT_GROUNDS = {
  light: { paper: '#f5f5f1', sheet: '#fdfdfb', well: '#ebebe6', text: '#fdfdfb', ink: '#121920' },
  dark: { paper: '#0e1216', sheet: '#151a20', well: '#1e252d', text: '#11161b', ink: '#eceae4' },
} as const;

/** WCAG 2.2, success criterion 1.4.3: text against its ground. */
export const ACCENT_RATIO_MIN = 4.5;
const STEP = 0.0025;
/** How far the lightness (Oklab, 0 to 1) may move before a colour is not the seller's any more: by 0.3. */
const STEPS_MAX = 120;
/** Steps that are taken at once at first; all maxima are multiples of it. */
const LARGE = 8;

/** Colours to start from. */
export const ACCENT_PALETTE = [
  { name: 'Brick', hex: '#a33f2c' },
  { name: 'Cocoa', hex: '#7c4f33' },
  { name: 'Moss', hex: '#4f6a3a' },
  { name: 'Lagoon', hex: '#1f6b6b' },
  { name: 'Ink blue', hex: '#2d5488' },
  { name: 'Plum', hex: '#6d3f78' },
  { name: 'Rosewood', hex: '#94364f' },
  { name: 'Slate', hex: '#50606e' },
] as const;

/** A colour of one theme, the text that stands on it, and the contrast of each pair. */
export interface AccentShade {
  hex: string;
  text: string;
  ratios: { paper: number; sheet: number; well: number; text: number };
}

export interface AccentShades {
  light: AccentShade;
  dark: AccentShade;
}

type Rgb = readonly [number, number, number];

const channels = (hex: string): Rgb => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255) as unknown as Rgb;
const toHex = (rgb: Rgb) =>
  `#${rgb
    .map((value) =>
      Math.round(Math.min(1, Math.max(0, value)) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
const toLinear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const toGamma = (value: number) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);

/** Relative luminance as WCAG 2.2 defines it (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance), of "#rrggbb". */
export function luminanceOf(hex: string): number {
  const [r, g, b] = channels(hex).map(toLinear) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of two colours, 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). */
export function contrastOf(a: string, b: string): number {
  const [dark, light] = [luminanceOf(a), luminanceOf(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Lightness, chroma and hue in Oklab (https://bottosson.github.io/posts/oklab/): what looks equally light has the same lightness. */
function toOklch(hex: string): { l: number; a: number; b: number } {
  const [r, g, b] = channels(hex).map(toLinear) as unknown as Rgb;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    a: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    b: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  };
}

function linearOf(lightness: number, a: number, b: number): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** The same hue at another lightness, with as much of its chroma as a screen can show there. */
function atLightness(hex: string, lightness: number): string {
  const { a, b } = toOklch(hex);
  const fits = (share: number) => linearOf(lightness, a * share, b * share).every((value) => value >= -1e-6 && value <= 1 + 1e-6);
  let [low, high] = [0, 1];
  if (!fits(1)) {
    for (let i = 0; i < 16; i++) {
      const middle = (low + high) / 2;
      if (fits(middle)) low = middle;
      else high = middle;
    }
  } else low = 1;
  return toHex(linearOf(lightness, a * low, b * low).map((value) => toGamma(Math.max(0, value))) as unknown as Rgb);
}

function shadeOf(hex: string, theme: Theme): AccentShade {
  const { text, ...grounds } = ACCENT_GROUNDS[theme];
  const on = (ground: string) => contrastOf(hex, ground);
  return { hex, text, ratios: { paper: on(grounds.paper), sheet: on(grounds.sheet), well: on(grounds.well), text: on(text) } };
}
const isReadable = ({ ratios }: AccentShade) => Object.values(ratios).every((ratio) => ratio >= ACCENT_RATIO_MIN);

/** What the smallest shift gives that gives something: found in large steps, then in small ones between the last two. */
function smallest<T>(maxSteps: number, at: (shift: number) => T | null): T | null {
  for (let n = 0; n <= maxSteps; n += LARGE) {
    if (at(n * STEP) === null) continue;
    for (let fine = Math.max(0, n - LARGE + 1); fine <= n; fine++) {
      const found = at(fine * STEP);
      if (found !== null) return found;
    }
  }
  return null;
}

/** The colour as it is, or only as much darker (lighter in the dark theme) as it takes to be read; null where that is too far. */
function readableIn(hex: string, theme: Theme): AccentShade | null {
  const { l } = toOklch(hex);
  const direction = theme === 'light' ? -1 : 1;
  return smallest(STEPS_MAX, (shift) => {
    const shade = shadeOf(shift === 0 ? hex : atLightness(hex, l + direction * shift), theme);
    return isReadable(shade) ? shade : null;
  });
}

/** The colour in both themes, each readable on every ground; null for a colour that could not stay itself in one of them. */
export function accentShades(hex: string): AccentShades | null {
  const [light, dark] = [readableIn(hex, 'light'), readableIn(hex, 'dark')];
  return light && dark && { light, dark };
}

/** The same hue at the nearest lightness that {@link accentShades} takes. */
export function nearestAccent(hex: string): string {
  const { l } = toOklch(hex);
  const nearest = smallest(1 / STEP, (shift) => {
    const candidates = shift === 0 ? [hex] : [l - shift, l + shift].filter((to) => to >= 0 && to <= 1).map((to) => atLightness(hex, to));
    return candidates.find((candidate) => accentShades(candidate) !== null) ?? null;
  });
  if (nearest === null) throw new Error(`No lightness of ${hex} can be read.`);
  return nearest;
}
