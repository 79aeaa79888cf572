// Free of zod: browsers that only show numbers should not have to load a validator.
import type { RatingSummary } from './ratings.ts';

export const STARS = [1, 2, 3, 4, 5] as const;
export type Stars = (typeof STARS)[number];
/** How many ratings have 1, 2, 3, 4 and 5 stars. */
export type Histogram = Record<Stars, number>;

/** Below this many ratings a seller is a "New Seller" and no score is shown. */
export const NEW_SELLER_BELOW = 3;
/** 4 and 5 stars are positive. */
export const POSITIVE_FROM = 4;
export const COMMENT_MAX = 1000;

export const RATING_SORTS = ['newest', 'highest', 'lowest', 'helpful'] as const;
export type RatingSort = (typeof RATING_SORTS)[number];

/** Everything that is known of a score, computed from the histogram alone. One home for the arithmetic. */
export function figuresOf(histogram: Histogram) {
  const total = STARS.reduce((n, stars) => n + histogram[stars], 0);
  const sum = STARS.reduce((n, stars) => n + stars * histogram[stars], 0);
  const positive = histogram[4] + histogram[5];
  return {
    total,
    /** All stars together. */
    sum,
    positive,
    /** Hundredths, half up, in whole numbers: what the database computes too. */
    average: total === 0 ? null : Math.floor((200 * sum + total) / (2 * total)) / 100,
    /** Tenths, half up, from the histogram and not from the hundredths: nothing is rounded twice. */
    badgeAverage: total === 0 ? null : Math.floor((20 * sum + total) / (2 * total)) / 10,
    positivePercent: total === 0 ? null : Math.floor((200 * positive + total) / (2 * total)),
    isNewSeller: total < NEW_SELLER_BELOW,
  };
}

export function summaryOf(sellerId: number, histogram: Histogram): RatingSummary {
  const { total, positive, average, positivePercent, isNewSeller } = figuresOf(histogram);
  return { sellerId, sellerRating: average, totalRatings: total, positiveRatings: positive, positivePercent, histogram, isNewSeller };
}

/** A share as whole percent. Rounding never turns some into none, or almost all into all. */
export function percentText(part: number, whole: number): string {
  const rounded = Math.floor((200 * part + whole) / (2 * whole));
  if (part > 0 && rounded === 0) return `<\u00A01\u00A0%`;
  if (part < whole && rounded === 100) return `>\u00A099\u00A0%`;
  return `${rounded}\u00A0%`;
}
