import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figuresOf, type Histogram } from './figures.ts';
import { addTo, changeBetween, dayNumber, dayStart, estimateOf, lowerBoundOf, wilson, withPrior, Z_ONE_SIDED } from './statistics.ts';

const histogram = ([one, two, three, four, five]: readonly number[]): Histogram => ({ 1: one!, 2: two!, 3: three!, 4: four!, 5: five! });
const anyHistogram = fc.array(fc.nat(400), { minLength: 5, maxLength: 5 }).map(histogram);

describe('golden values', () => {
  // Wilson: statsmodels 0.15 (proportion_confint, method "wilson"), scaled to 1…5. Lower bound: the exact mean and standard
  // deviation of Σ k·p under Dirichlet(counts + 1), from its covariance matrix with numpy, and scipy's normal quantile.
  it.each([
    [[0, 0, 0, 0, 2], 2.36952091, 5, 2.7001027872],
    [[1, 0, 0, 0, 100], 4.784131368, 4.993000355, 4.7652997034],
    [[2, 1, 6, 35, 268], 4.6965893159, 4.8874873415, 4.7298329706],
    [[3, 0, 0, 0, 0], 1, 3.245988127, 1.439076226],
    [[1, 1, 1, 1, 1], 1.6816943226, 4.3183056774, 2.2986320569],
    [[0, 0, 0, 1, 0], 1.471638352, 4.9414602768, 2.331287453],
    [[4, 5, 14, 163, 1032], 4.7648980863, 4.8591400146, 4.7864803626],
    [[10, 20, 30, 40, 50], 3.3515902675, 3.9484494067, 3.4794276804],
    [[0, 0, 1, 4, 16], 3.9650597777, 4.9333207289, 4.0552123716],
    [[1_000_000, 0, 0, 0, 1_000_000], 2.997228195, 3.002771805, 2.9976738306],
  ])('%j', (counts, low, high, bound) => {
    const estimate = estimateOf(histogram(counts))!;
    expect(estimate.low).toBeCloseTo(low, 8);
    expect(estimate.high).toBeCloseTo(high, 8);
    expect(lowerBoundOf(histogram(counts))).toBe(Math.floor(bound * 10_000));
  });

  // statsmodels 0.15 (confint_proportions_2indep, method "newcomb"), scaled to stars.
  it.each([
    [[0, 0, 1, 4, 16], [1, 0, 3, 30, 250], -0.1448692153, -0.8968150839, 0.1018365353, false],
    [[5, 5, 5, 5, 5], [0, 0, 0, 0, 50], -2, -2.729910271, -1.2162802273, true],
    [[0, 0, 0, 0, 10], [0, 0, 0, 0, 3], 0, -1.1101311995, 2.245988127, false],
  ])('%j against %j', (later, earlier, difference, low, high, clear) => {
    const change = changeBetween(histogram(later), histogram(earlier))!;
    expect(change.difference).toBeCloseTo(difference, 8);
    expect(change.low).toBeCloseTo(low, 8);
    expect(change.high).toBeCloseTo(high, 8);
    expect(change.clear).toBe(clear);
  });
});

describe('the lower bound', () => {
  it('never lets two of two come before a hundred of a hundred and one', () => {
    expect(lowerBoundOf(histogram([0, 0, 0, 0, 2]))!).toBeLessThan(lowerBoundOf(histogram([1, 0, 0, 0, 100]))!);
  });

  it('is below the average, within the scale, and grows with each five-star rating', () => {
    fc.assert(
      fc.property(anyHistogram, (given) => {
        const bound = lowerBoundOf(given);
        if (bound === null) return expect(figuresOf(given).total).toBe(0);
        const { sum, n } = withPrior(given);
        expect(bound / 10_000).toBeLessThan(sum / n);
        expect(bound).toBeGreaterThanOrEqual(10_000);
        expect(lowerBoundOf(addTo(given, histogram([0, 0, 0, 0, 1])))!).toBeGreaterThanOrEqual(bound);
      }),
    );
  });

  it('comes out of the numbers that it is explained with', () => {
    const { n, sum, squares } = withPrior(histogram([2, 1, 6, 35, 268]));
    expect([n, sum, squares]).toEqual([317, 1517, 7375]);
    expect(Math.floor((10_000 * (sum - Z_ONE_SIDED * Math.sqrt((squares * n - sum ** 2) / (n + 1)))) / n)).toBe(47_298);
  });
});

describe('intervals', () => {
  it('hold the average, and shrink as ratings come in', () => {
    fc.assert(
      fc.property(anyHistogram, (given) => {
        const estimate = estimateOf(given);
        if (!estimate) return;
        expect(estimate.low).toBeLessThanOrEqual(estimate.mean + 1e-12);
        expect(estimate.high).toBeGreaterThanOrEqual(estimate.mean - 1e-12);
        const twice = estimateOf(addTo(given, given))!;
        expect(twice.high - twice.low).toBeLessThan(estimate.high - estimate.low + 1e-12);
      }),
    );
  });

  it('know no change without ratings, and call none clear that is none', () => {
    expect(changeBetween(histogram([0, 0, 0, 0, 0]), histogram([0, 0, 0, 0, 1]))).toBeNull();
    fc.assert(fc.property(anyHistogram, (given) => changeBetween(given, given)?.clear !== true));
  });

  it('of all or nothing stay on the scale', () => {
    expect(wilson(0, 3).low).toBeCloseTo(0, 12);
    expect(wilson(1, 3).high).toBeCloseTo(1, 12);
  });
});

describe('days', () => {
  it('begin at midnight in UTC', () => {
    expect(dayNumber(new Date('1970-01-02T00:00:00.000Z'))).toBe(1);
    expect(dayNumber(new Date('2026-11-24T23:59:59.999Z'))).toBe(20_781);
    expect(dayStart(20_781).toISOString()).toBe('2026-11-24T00:00:00.000Z');
  });
});
