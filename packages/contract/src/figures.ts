// Free of zod: browsers that only show numbers should not have to load a validator.
import type { RatingSummary } from './ratings.ts';

export const STARS = [1, 2, 3, 4, 5] as const;
export type Stars = (typeof STARS)[number];
/** How many ratings have 1, 2, 3, 4 and 5 stars. */
export type Histogram = Record<Stars, number>;

/** Below this many ratings a seller is a "New Seller" and no score is shown. */
export const NEW_SELLER_BELOW = 3;
/** The most stars that a rating has. */
const BEST = 5;
/** 4 and 5 stars are positive. */
export const POSITIVE_FROM = 4;
export const COMMENT_MAX = 1000;

const PERCENT = '\u00A0%';
const LESS_THAN_ONE = '<\u00A01\u00A0%';

export const RATING_SORTS = ['newest', 'highest', 'lowest', 'helpful'] as const;
export type RatingSort = (typeof RATING_SORTS)[number];

/** Everything that is known of a score, computed from the histogram alone. One home for the arithmetic (ADR 38). */
export function figuresOf(histogram: Histogram) {
  const total = STARS.reduce((n, stars) => n + histogram[stars], 0);
  const sum = STARS.reduce((n, stars) => n + stars * histogram[stars], 0);
  const positive = histogram[4] + histogram[5];
  return {
    total,
    /** All stars together. */
    sum,
    positive,
    /** Hundredths, half up and below 5 at most 4.99: what the database computes too. */
    average: total === 0 ? null : unitsOf(sum, total, 100) / 100,
    /** Tenths, cut and never rounded up: 4.99 is 4.9. What every badge shows. */
    badgeAverage: total === 0 ? null : Math.floor((10 * sum) / total) / 10,
    positivePercent: total === 0 ? null : percentOf(positive, total),
    isNewSeller: total < NEW_SELLER_BELOW,
  };
}

export function summaryOf(sellerId: number, histogram: Histogram): RatingSummary {
  const { total, positive, average, badgeAverage, positivePercent, isNewSeller } = figuresOf(histogram);
  return {
    sellerId,
    sellerRating: average,
    badgeAverage: isNewSeller ? null : badgeAverage,
    totalRatings: total,
    positiveRatings: positive,
    positivePercent,
    histogram,
    isNewSeller,
  };
}

/** sum / total in units of 1 / `scale`, half up in whole numbers. Below the best score it never reaches the best score. */
function unitsOf(sum: number, total: number, scale: number): number {
  const rounded = Math.floor((2 * scale * sum + total) / (2 * total));
  return sum < BEST * total ? Math.min(rounded, BEST * scale - 1) : rounded;
}

/** An average as decimal text, half up, and never "5.0000" where one rating has fewer stars. `total` is above zero. */
export const averageText = (sum: number, total: number, decimals: 2 | 3 | 4): string =>
  (unitsOf(sum, total, 10 ** decimals) / 10 ** decimals).toFixed(decimals);

/** A number of stars as decimal text: never "5.00" where it is less. */
export function starsText(stars: number, decimals: number): string {
  const text = stars.toFixed(decimals);
  return stars < BEST && Number(text) === BEST ? (BEST - 10 ** -decimals).toFixed(decimals) : text;
}

/** A share as whole percent, half up. Only none is 0, and only all is 100. `whole` is above zero. */
function percentOf(part: number, whole: number): number {
  const rounded = Math.floor((200 * part + whole) / (2 * whole));
  if (part === 0 || part === whole) return rounded;
  return Math.min(99, Math.max(1, rounded));
}

/** A share as text: "67 %", "99 %" of 199 out of 200, "< 1 %" where a whole number would be none. `whole` is above zero. */
export const percentText = (part: number, whole: number): string =>
  part > 0 && 200 * part < whole ? LESS_THAN_ONE : `${percentOf(part, whole)}${PERCENT}`;

/**
 * The share of each number of stars as text, by largest remainder: together they are 100 %. A tie goes to the row with fewer ratings,
 * then to fewer stars; no row is 100 % unless all ratings are in it. "–" without ratings.
 */
export function shareTexts(histogram: Histogram): Record<Stars, string> {
  const { total } = figuresOf(histogram);
  const rows = STARS.map((stars) => ({
    stars,
    ratings: histogram[stars],
    percent: total === 0 ? 0 : Math.floor((100 * histogram[stars]) / total),
    remainder: total === 0 ? 0 : (100 * histogram[stars]) % total,
  }));
  let left = total === 0 ? 0 : 100 - rows.reduce((sum, { percent }) => sum + percent, 0);
  for (const row of rows.toSorted((a, b) => b.remainder - a.remainder || a.ratings - b.ratings)) {
    if (left === 0) break;
    if (row.remainder === 0 || row.percent === 99) continue;
    row.percent += 1;
    left -= 1;
  }
  const textOf = ({ ratings, percent }: (typeof rows)[number]) =>
    total === 0 ? '–' : ratings > 0 && percent === 0 ? LESS_THAN_ONE : `${percent}${PERCENT}`;
  return Object.fromEntries(rows.map((row) => [row.stars, textOf(row)])) as Record<Stars, string>;
}
