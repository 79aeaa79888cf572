import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figuresOf, STARS, summaryOf, type Histogram } from './figures.ts';

type Counts = [ones: number, twos: number, threes: number, fours: number, fives: number];
const histogramOf = ([ones, twos, threes, fours, fives]: Counts): Histogram => ({ 1: ones, 2: twos, 3: threes, 4: fours, 5: fives });

// The database's counts are INT; every value up to the largest has to come out right.
const anyCount = fc.oneof(fc.nat(5), fc.nat(1000), fc.nat(2_147_483_647));
const anyHistogram = fc.tuple(anyCount, anyCount, anyCount, anyCount, anyCount).map(histogramOf);

/** Half up by the remainder, in whole numbers of any size: the rule written down a second time. */
function halfUp(part: bigint, whole: bigint): number {
  const remainder = part % whole;
  return Number(part / whole + (2n * remainder >= whole ? 1n : 0n));
}

describe('figuresOf', () => {
  it.each<[string, Counts, number | null, number | null, number | null, boolean]>([
    ['nothing at all', [0, 0, 0, 0, 0], null, null, null, true],
    ['one rating', [0, 0, 0, 0, 1], 5, 5, 100, true],
    ['two ratings, still a new seller', [1, 0, 0, 0, 1], 3, 3, 50, true],
    ['three ratings, no new seller any more', [0, 0, 1, 0, 2], 4.33, 4.3, 67, false],
    ['three stars, which are not positive', [0, 0, 3, 0, 0], 3, 3, 0, false],
    ['four stars, which are', [0, 0, 0, 3, 0], 4, 4, 100, false],
    ['4.125, which goes up', [0, 0, 0, 7, 1], 4.13, 4.1, 100, false],
    ['1.005, which binary fractions would take down', [199, 1, 0, 0, 0], 1.01, 1, 0, false],
    ['4.4483, whose 4.45 must not be rounded again to 4.5', [0, 0, 0, 16, 13], 4.45, 4.4, 100, false],
    ['4.45, which goes up to 4.5', [0, 0, 0, 11, 9], 4.45, 4.5, 100, false],
    ['12.5 % positive, which goes up', [7, 0, 0, 1, 0], 1.38, 1.4, 13, false],
    ['the numbers on the demo seller’s page', [2, 1, 6, 35, 268], 4.81, 4.8, 97, false],
  ])('of %s', (_name, counts, average, badgeAverage, positivePercent, isNewSeller) => {
    expect(figuresOf(histogramOf(counts))).toMatchObject({ average, badgeAverage, positivePercent, isNewSeller });
  });

  it('agree with an independent count of any histogram', () => {
    fc.assert(
      fc.property(anyHistogram, (histogram) => {
        const counts = STARS.map((stars) => BigInt(histogram[stars]));
        const total = counts.reduce((n, count) => n + count, 0n);
        const sum = counts.reduce((n, count, i) => n + count * BigInt(i + 1), 0n);
        const positive = counts[3]! + counts[4]!;
        expect(figuresOf(histogram)).toEqual({
          total: Number(total),
          sum: Number(sum),
          positive: Number(positive),
          average: total === 0n ? null : halfUp(100n * sum, total) / 100,
          badgeAverage: total === 0n ? null : halfUp(10n * sum, total) / 10,
          positivePercent: total === 0n ? null : halfUp(100n * positive, total),
          isNewSeller: total < 3n,
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('stay between the worst and the best rating that was given', () => {
    fc.assert(
      fc.property(anyHistogram, (histogram) => {
        const given = STARS.filter((stars) => histogram[stars] > 0);
        const { average } = figuresOf(histogram);
        if (average === null) expect(given).toEqual([]);
        else expect(average >= given[0]! && average <= given.at(-1)!).toBe(true);
      }),
    );
  });

  it('go up with a better rating and never down', () => {
    fc.assert(
      fc.property(anyHistogram, fc.constantFrom<1 | 2 | 3 | 4>(1, 2, 3, 4), (histogram, stars) => {
        fc.pre(histogram[stars] > 0);
        const better: Histogram = { ...histogram, [stars]: histogram[stars] - 1, [stars + 1]: histogram[(stars + 1) as 2] + 1 };
        const [before, after] = [figuresOf(histogram), figuresOf(better)];
        expect(after.total).toBe(before.total);
        expect(after.sum).toBe(before.sum + 1);
        expect(after.average!).toBeGreaterThanOrEqual(before.average!);
        expect(after.positive - before.positive).toBe(stars === 3 ? 1 : 0);
      }),
    );
  });
});

describe('summaryOf', () => {
  it('says the same as the figures, under the names of the API', () => {
    const histogram = histogramOf([2, 1, 6, 35, 268]);
    expect(summaryOf(7, histogram)).toEqual({
      sellerId: 7,
      sellerRating: 4.81,
      totalRatings: 312,
      positiveRatings: 303,
      positivePercent: 97,
      histogram,
      isNewSeller: false,
    });
  });
});
