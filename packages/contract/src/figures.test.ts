import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageText, figuresOf, percentText, shareTexts, STARS, starsText, summaryOf, type Histogram } from './figures.ts';

type Counts = [ones: number, twos: number, threes: number, fours: number, fives: number];
const histogramOf = ([ones, twos, threes, fours, fives]: Counts): Histogram => ({ 1: ones, 2: twos, 3: threes, 4: fours, 5: fives });

// The database's counts are INT; every value up to the largest has to come out right.
const anyCount = fc.oneof(fc.nat(5), fc.nat(1000), fc.nat(2_147_483_647));
const anyHistogram = fc.tuple(anyCount, anyCount, anyCount, anyCount, anyCount).map(histogramOf);

/** Half up by the remainder, in whole numbers of any size, below `best` unless it is exactly that: the rule written down a second time. */
function halfUp(part: bigint, whole: bigint, best: bigint): number {
  const remainder = part % whole;
  const rounded = part / whole + (2n * remainder >= whole ? 1n : 0n);
  return Number(rounded === best && remainder > 0n ? best - 1n : rounded);
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
    ['4.4483, which is cut', [0, 0, 0, 16, 13], 4.45, 4.4, 100, false],
    ['4.45, which is cut, too', [0, 0, 0, 11, 9], 4.45, 4.4, 100, false],
    ['4.1, which binary fractions hold as less', [0, 0, 0, 9, 1], 4.1, 4.1, 100, false],
    ['4.6667, which is cut', [0, 0, 0, 1, 2], 4.67, 4.6, 100, false],
    ['4.95, which is not perfect', [0, 0, 0, 1, 19], 4.95, 4.9, 100, false],
    ['199 of 200', [1, 0, 0, 0, 199], 4.98, 4.9, 99, false],
    ['4.9999, which is not perfect', [0, 0, 0, 1, 9999], 4.99, 4.9, 100, false],
    ['one positive rating of 300, which is not none', [299, 0, 0, 0, 1], 1.01, 1, 1, false],
    ['12.5 % positive, which goes up', [7, 0, 0, 1, 0], 1.38, 1.3, 13, false],
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
          average: total === 0n ? null : halfUp(100n * sum, total, 500n) / 100,
          badgeAverage: total === 0n ? null : Number((10n * sum) / total) / 10,
          positivePercent: total === 0n ? null : positive > 0n && 200n * positive < total ? 1 : halfUp(100n * positive, total, 100n),
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
      badgeAverage: 4.8,
      totalRatings: 312,
      positiveRatings: 303,
      positivePercent: 97,
      histogram,
      isNewSeller: false,
    });
  });

  it('shows no average of a new seller', () => {
    expect(summaryOf(7, histogramOf([0, 0, 0, 1, 1]))).toMatchObject({ sellerRating: 4.5, badgeAverage: null, isNewSeller: true });
  });
});

describe('a text', () => {
  it('of an average is perfect only where every rating is', () => {
    expect([averageText(49_999, 10_000, 4), averageText(499_999, 100_000, 4), averageText(499_999, 100_000, 2)]).toEqual([
      '4.9999',
      '4.9999',
      '4.99',
    ]);
    expect([averageText(15, 3, 4), averageText(14, 3, 4), averageText(14, 3, 3)]).toEqual(['5.0000', '4.6667', '4.667']);
    expect([starsText(4.999, 2), starsText(5, 2), starsText(4.994, 2), starsText(4.99999, 4)]).toEqual(['4.99', '5.00', '4.99', '4.9999']);
  });

  it('of a share is all only where it is all', () => {
    expect([percentText(199, 200), percentText(299, 300), percentText(3, 3), percentText(1, 300), percentText(0, 3)]).toEqual(
      ['99 %', '99 %', '100 %', '< 1 %', '0 %'].map((text) => text.replaceAll(' ', '\u00A0')),
    );
  });
});

describe('the shares of a histogram', () => {
  const shares = (counts: Counts) => Object.values(shareTexts(histogramOf(counts))).map((text) => text.replaceAll('\u00A0', ' '));

  it.each<[Counts, string[]]>([
    [
      [1, 0, 1, 0, 1],
      ['34 %', '0 %', '33 %', '0 %', '33 %'],
    ],
    [
      [1, 2, 3, 1, 1],
      ['13 %', '25 %', '37 %', '13 %', '12 %'],
    ],
    [
      [1, 0, 0, 0, 199],
      ['1 %', '0 %', '0 %', '0 %', '99 %'],
    ],
    [
      [1, 0, 0, 0, 299],
      ['1 %', '0 %', '0 %', '0 %', '99 %'],
    ],
    [
      [1, 1, 0, 0, 998],
      ['1 %', '< 1 %', '0 %', '0 %', '99 %'],
    ],
    [
      [0, 0, 0, 0, 4],
      ['0 %', '0 %', '0 %', '0 %', '100 %'],
    ],
    [
      [0, 0, 0, 0, 0],
      ['–', '–', '–', '–', '–'],
    ],
  ])('of %j are %j', (counts, expected) => {
    expect(shares(counts)).toEqual(expected);
  });

  it('are 100 % together, each less than one from its exact value unless that would make all of almost all', () => {
    fc.assert(
      fc.property(anyHistogram, (histogram) => {
        const { total } = figuresOf(histogram);
        fc.pre(total > 0);
        const texts = shareTexts(histogram);
        const percents = STARS.map((stars) => (texts[stars].startsWith('<') ? 0 : Number.parseInt(texts[stars], 10)));
        expect(percents.reduce((sum, percent) => sum + percent)).toBe(100);
        STARS.forEach((stars, i) => {
          const exact = (100 * histogram[stars]) / total;
          expect(percents[i] === 100).toBe(histogram[stars] === total);
          expect(texts[stars].startsWith('<')).toBe(histogram[stars] > 0 && percents[i] === 0);
          expect(Math.abs(percents[i]! - exact)).toBeLessThanOrEqual(1);
        });
      }),
      { numRuns: 2000 },
    );
  });
});
