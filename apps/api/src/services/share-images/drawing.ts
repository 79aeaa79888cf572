import { accentShades, figuresOf, percentText } from '@assay/contract';
import type { ShareFacts } from '@assay/core';
import type { Font } from 'fontkit';
import { broken, graphemesOf, lettersOf, typesetter, type Typesetter } from './typesetter.ts';
import { wordmark } from './wordmark.ts';

/** Of the picture, in pixels: what sites that show links ask for. */
export const SHARE_SIZE = { width: 1200, height: 630 } as const;
/** Where pictures of the store go. */
export const COVER_BOX = { left: 0, top: 0, width: SHARE_SIZE.width, height: 216 } as const;
export const FACE_BOX = { left: 80, top: 118, width: 192, height: 192 } as const;

const MARGIN = 80;
// The light theme's tokens.
const COLOURS = { paper: '#f5f5f1', sheet: '#fdfdfb', ink: '#121920', ink3: '#596269', metal: '#8c5b08', edge: '#80878b', band: '#39485a' };
/** Glazes of faces without a picture, as pages have them. */
const GLAZES = ['#414b54', '#2c4358', '#833b25', '#8a5636', '#2f6863', '#7a5518', '#5b3c4b', '#54694a'];
const STAR = 'M12 2.1l2.9 6.4 7 .8-5.2 4.7 1.45 6.9L12 17.4l-6.15 3.5 1.45-6.9L2.1 9.3l7-.8z';

interface Typesetters {
  serif: Typesetter;
  sans: Typesetter;
}

const at = (x: number, y: number, fill: string, svg: string) => `<g transform="translate(${x} ${y})" fill="${fill}">${svg}</g>`;

/** A box with cut corners, the shape of every hallmark. */
export function cutBox({ left, top, width, height }: { left: number; top: number; width: number; height: number }, cut: number): string {
  const [right, bottom] = [left + width, top + height];
  return `M${left + cut} ${top}H${right - cut}L${right} ${top + cut}V${bottom - cut}L${right - cut} ${bottom}H${left + cut}L${left} ${bottom - cut}V${top + cut}z`;
}

/**
 * The picture without the store's own pictures, which go between: the cover lies below it, the face above.
 * @param more fonts for what the product's own ones do not have of the name and the place
 */
export function drawing(facts: ShareFacts, more: readonly Font[] = []): string {
  const set = { serif: typesetter('serif', more), sans: typesetter('sans', more) };
  const accent = facts.accent === null ? null : (accentShades(facts.accent)?.light.hex ?? null);
  const { width, height } = SHARE_SIZE;
  const line = COVER_BOX.height;
  const ground = facts.cover ? '' : `<rect width="${width}" height="${line}" fill="${accent ?? COLOURS.band}"/>`;
  const ring = { left: FACE_BOX.left - 8, top: FACE_BOX.top - 8, width: FACE_BOX.width + 16, height: FACE_BOX.height + 16 };
  const { svg: heading, bottom } = headingOf(facts, set);
  const badgeTop = Math.max(bottom + 26, 466);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<rect y="${line}" width="${width}" height="${height - line}" fill="${COLOURS.paper}"/>${ground}` +
    `<rect y="${line}" width="${width}" height="10" fill="${accent ?? COLOURS.ink}"/>` +
    `<path d="${cutBox(ring, 30)}" fill="${COLOURS.paper}"/>${facts.face ? '' : initialOf(facts, set)}` +
    heading +
    badgeOf(facts, badgeTop, set) +
    `<g transform="translate(${width - MARGIN - 201} ${badgeTop + 13}) scale(1.5)">${wordmark(COLOURS.metal, COLOURS.ink)}</g></svg>`
  );
}

/** The first letter on a glaze, or the mark's star where no font has it. */
function initialOf({ name, sellerId }: ShareFacts, { serif }: Typesetters): string {
  const first = (graphemesOf(lettersOf(name))[0] ?? '').toLocaleUpperCase('en');
  const ground = `<path d="${cutBox(FACE_BOX, 27)}" fill="${GLAZES[sellerId % GLAZES.length]}"/>`;
  const [x, y] = [FACE_BOX.left + FACE_BOX.width / 2, FACE_BOX.top + FACE_BOX.height / 2];
  if (!first || !serif.covers(first))
    return `${ground}<path transform="translate(${x - 48} ${y - 48}) scale(4)" fill="#ffffff" d="${STAR}"/>`;
  const letter = serif.line(first, 100);
  return ground + at(x - letter.width / 2, y + 34, '#ffffff', letter.svg);
}

/** The name as large as it fits, in one line or two. Where a script is none that we can set, the picture says less, and nothing wrong. */
function headingOf({ name, location }: ShareFacts, { serif, sans }: Typesetters): { svg: string; bottom: number } {
  const letters = lettersOf(name);
  const text = letters && serif.covers(letters) ? letters : 'A store on Assay';
  const width = SHARE_SIZE.width - 2 * MARGIN;
  const tries = [
    { size: 80, most: 1 },
    { size: 64, most: 1 },
    { size: 52, most: 2 },
  ];
  const chosen = tries.find(({ size, most }) => broken(text, { set: serif, size, width, most }).whole) ?? tries.at(-1)!;
  const { size } = chosen;
  const { lines } = broken(text, { set: serif, width, ...chosen });
  let y = FACE_BOX.top + FACE_BOX.height + 16;
  let svg = '';
  for (const line of lines) svg += at(MARGIN, (y += size * 1.02), COLOURS.ink, serif.line(line, size).svg);
  const place = lettersOf(location ?? '');
  if (place && sans.covers(place)) {
    const { lines: words } = broken(place, { set: sans, size: 30, width, most: 1 });
    svg += at(MARGIN, (y += 54), COLOURS.ink3, sans.line(words[0]!, 30).svg);
  }
  return { svg, bottom: y };
}

/** The hallmark: what it rests on beside the number. None where visitors have no ratings. */
function badgeOf({ summary }: ShareFacts, top: number, { serif, sans }: Typesetters): string {
  if (!summary) return '';
  const { total, positive, badgeAverage, isNewSeller } = figuresOf(summary.histogram);
  const value = isNewSeller ? serif.line('New Seller', 38) : serif.line((badgeAverage ?? 0).toFixed(1), 44);
  const rest = isNewSeller
    ? null
    : sans.line(`·  ${total.toLocaleString('en')} ratings  ·  ${percentText(positive, total).replaceAll('\u00A0', ' ')} positive`, 28);
  const box = { left: MARGIN, top, width: 84 + value.width + (rest ? 18 + rest.width : 0) + 24, height: 74 };
  const frame = isNewSeller ? COLOURS.edge : COLOURS.metal;
  const star = isNewSeller ? `fill="none" stroke="${frame}" stroke-width="1.6"` : `fill="${frame}"`;
  const inner = { left: box.left + 2.5, top: box.top + 2.5, width: box.width - 5, height: box.height - 5 };
  return (
    `<path d="${cutBox(box, 14)}" fill="${frame}"/><path d="${cutBox(inner, 13)}" fill="${COLOURS.sheet}"/>` +
    `<path transform="translate(${box.left + 24} ${box.top + 17}) scale(1.66)" ${star} d="${STAR}"/>` +
    at(box.left + 84, box.top + 51, COLOURS.ink, value.svg) +
    (rest ? at(box.left + 84 + value.width + 18, box.top + 47, COLOURS.ink3, rest.svg) : '')
  );
}
