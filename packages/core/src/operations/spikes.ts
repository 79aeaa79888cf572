import type { RatingPace } from './ports.ts';

/** In how many hours one false alarm over all sellers together is accepted at most: once in a thousand. */
export const SPIKE_ALPHA = 0.001;
/** Ratings before this hour are compared over this many hours: four weeks. */
export const SPIKE_HOURS = 28 * 24;
/** Fewer than this in an hour are no spike. */
export const SPIKE_FROM = 5;

/**
 * How probable it is that a seller gets `thisHour` ratings or more in an hour by chance, who got `before` in the `hours` before:
 * the predictive distribution of a Poisson count under Jeffreys' prior, a negative binomial with r = before + 1/2 and
 * p = hours / (hours + 1). It allows for how little a short past says. Counts only grow within an hour, so that looking every
 * minute is no more than looking once at its end.
 */
export function spikeProbability(thisHour: number, before: number, hours = SPIKE_HOURS): number {
  const r = before + 0.5;
  const p = hours / (hours + 1);
  let term = p ** r; // P(X = 0)
  let below = 0;
  for (let k = 0; k < thisHour; k++) {
    below += term;
    term *= ((k + r) / (k + 1)) * (1 - p);
  }
  // Where the sum is all but one, what is left is summed upwards instead: a difference would be noise.
  if (below < 0.999) return 1 - below;
  let tail = 0;
  for (let k = thisHour; term > tail * 1e-12 && k < thisHour + 10_000; k++) {
    tail += term;
    term *= ((k + r) / (k + 1)) * (1 - p);
  }
  return tail;
}

/** Who gets unusually many ratings, at {@link SPIKE_ALPHA} for all sellers together (Bonferroni). @param sellers how many there are */
export function findSpikes(paces: readonly RatingPace[], sellers: number): (RatingPace & { probability: number })[] {
  const limit = SPIKE_ALPHA / Math.max(1, sellers);
  return paces
    .filter(({ thisHour }) => thisHour >= SPIKE_FROM)
    .map((pace) => ({ ...pace, probability: spikeProbability(pace.thisHour, pace.before) }))
    .filter(({ probability }) => probability < limit);
}
