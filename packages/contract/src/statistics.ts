// Free of zod: browsers that only show numbers should not have to load a validator.
import { figuresOf, STARS, type Histogram } from './figures.ts';

/** Rolling windows of a score, in days; today, in UTC, is the last of them. */
export const WINDOW_DAYS = [30, 90, 365] as const;
export type WindowDays = (typeof WINDOW_DAYS)[number];

/** 97.5 % quantile of the normal distribution: two-sided intervals of 95 %. */
export const Z_TWO_SIDED = 1.959963984540054;
/** 95 % quantile of the normal distribution: one-sided lower bounds. */
export const Z_ONE_SIDED = 1.6448536269514722;

export interface Interval {
  low: number;
  high: number;
}

/** An average, in stars, with a 95 % interval. */
export interface Estimate extends Interval {
  mean: number;
}

/** How an average moved: `clear` when the interval of the difference leaves zero out, otherwise it may be noise. */
export interface Change extends Interval {
  /** Stars, later minus earlier. */
  difference: number;
  clear: boolean;
}

export const EMPTY_HISTOGRAM: Histogram = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };

/** Two histograms added up, or one taken from the other. */
export function addTo(histogram: Histogram, added: Histogram, sign: 1 | -1 = 1): Histogram {
  const sum = { ...histogram };
  for (const stars of STARS) sum[stars] += sign * added[stars];
  return sum;
}

/**
 * 95 % score interval of a share (Wilson 1927), without continuity correction.
 * @param share 0 to 1; for values between 0 and 1 instead of yes and no it is wider than it need be, never narrower,
 *   because their variance is at most share · (1 − share)
 */
export function wilson(share: number, n: number): Interval {
  const z2 = Z_TWO_SIDED ** 2;
  const centre = share + z2 / (2 * n);
  const half = Z_TWO_SIDED * Math.sqrt((share * (1 - share) + z2 / (4 * n)) / n);
  return { low: Math.max(0, (centre - half) / (1 + z2 / n)), high: Math.min(1, (centre + half) / (1 + z2 / n)) };
}

/** The average of a histogram with its Wilson interval on the scale from 1 to 5; null without ratings. */
export function estimateOf(histogram: Histogram): Estimate | null {
  const { total, sum } = figuresOf(histogram);
  if (total === 0) return null;
  const { low, high } = wilson((sum / total - 1) / 4, total);
  return { mean: sum / total, low: 1 + 4 * low, high: 1 + 4 * high };
}

/**
 * Did an average change, or is it noise? The difference of two averages with Newcombe's hybrid score interval (1998,
 * method 10), in stars; null where one of the two has no ratings.
 */
export function changeBetween(later: Histogram, earlier: Histogram): Change | null {
  const [now, before] = [estimateOf(later), estimateOf(earlier)];
  if (!now || !before) return null;
  const difference = now.mean - before.mean;
  const low = difference - Math.hypot(now.mean - now.low, before.high - before.mean);
  const high = difference + Math.hypot(now.high - now.mean, before.mean - before.low);
  return { difference, low, high, clear: low > 0 || high < 0 };
}

/**
 * What a seller is at least worth, for sorting: the lower end of the 95 % credible interval of the average under a Dirichlet
 * prior of one rating of each kind, by its normal approximation (Miller, "Ranking Items With Star Ratings", 2014). Few ratings
 * have a wide interval: two of two never come before a hundred of a hundred and one.
 * @returns ten-thousandths of a star, rounded down: what Users.RatingLowerBound computes too; null without ratings
 */
export function lowerBoundOf(histogram: Histogram): number | null {
  if (figuresOf(histogram).total === 0) return null;
  const { n, sum, squares } = withPrior(histogram);
  return Math.floor((10_000 * (sum - Z_ONE_SIDED * Math.sqrt((squares * n - sum * sum) / (n + 1)))) / n);
}

/** The numbers that {@link lowerBoundOf} is made of: ratings, stars and squared stars, one rating of each kind added. */
export function withPrior(histogram: Histogram): { n: number; sum: number; squares: number } {
  const of = (weight: (stars: number) => number) => STARS.reduce((sum, stars) => sum + weight(stars) * (histogram[stars] + 1), 0);
  return { n: of(() => 1), sum: of((stars) => stars), squares: of((stars) => stars * stars) };
}

const DAY_MS = 86_400_000;

/** Days since 1 January 1970, in UTC. */
export const dayNumber = (at: Date): number => Math.floor(at.getTime() / DAY_MS);

/** The first moment of a day. */
export const dayStart = (day: number): Date => new Date(day * DAY_MS);
