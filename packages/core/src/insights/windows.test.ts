import { addTo, dayNumber, EMPTY_HISTOGRAM, figuresOf, WINDOW_DAYS, WINDOW_NAMES, type Histogram, type Stars } from '@assay/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DayCounts } from './ports.ts';
import { trendOf, windowsOf } from './windows.ts';

const NOW = new Date('2026-11-24T15:00:00.000Z');
const TODAY = dayNumber(NOW);
interface Given {
  day: number;
  stars: Stars;
}
const ratings = fc.array(fc.record({ day: fc.integer({ min: TODAY - 900, max: TODAY }), stars: fc.constantFrom<Stars>(1, 2, 3, 4, 5) }), {
  maxLength: 80,
});

const count = (given: readonly Given[]): Histogram =>
  given.reduce((sum, { stars }) => addTo(sum, { ...EMPTY_HISTOGRAM, [stars]: 1 }), EMPTY_HISTOGRAM);
const daysOf = (given: readonly Given[]): DayCounts[] =>
  [...Map.groupBy(given, ({ day }) => day)].map(([day, group]) => ({ day, histogram: count(group) })).sort((a, b) => a.day - b.day);

describe('windows', () => {
  it('are what counting each rating says, on every day as time goes on', () => {
    fc.assert(
      fc.property(ratings, fc.nat(800), (given, later) => {
        const today = TODAY + later;
        const windows = windowsOf(daysOf(given), count(given), new Date(today * 86_400_000 + 1));
        for (const [i, length] of WINDOW_DAYS.entries()) {
          const naive = given.filter(({ day }) => day > today - length && day <= today);
          const before = given.filter(({ day }) => day > today - 2 * length && day <= today - length);
          expect(windows[i]).toMatchObject({ window: `${length}`, histogram: count(naive), totalRatings: naive.length });
          expect(windows[i]!.averageBefore).toBe(figuresOf(count(before)).average);
        }
        expect(windows[3]).toMatchObject({ window: 'lifetime', histogram: count(given), change: null, from: null });
      }),
    );
  });

  it('lose a rating on the day after its last one', () => {
    const given: Given[] = [{ day: TODAY, stars: 5 }];
    const at = (days: number) =>
      windowsOf(daysOf(given), count(given), new Date(NOW.getTime() + days * 86_400_000)).map(({ totalRatings }) => totalRatings);
    expect([at(29), at(30), at(89), at(90), at(364), at(365)]).toEqual([
      [1, 1, 1, 1],
      [0, 1, 1, 1],
      [0, 1, 1, 1],
      [0, 0, 1, 1],
      [0, 0, 1, 1],
      [0, 0, 0, 1],
    ]);
  });
});

describe('a trend', () => {
  it('holds each rating of its window once, in steps without gaps', () => {
    fc.assert(
      fc.property(ratings, fc.constantFrom(...WINDOW_NAMES), (given, window) => {
        const points = trendOf(daysOf(given), window, NOW);
        const inside = window === 'lifetime' ? given : given.filter(({ day }) => day > TODAY - Number(window));
        expect(points.reduce((sum, { totalRatings }) => sum + totalRatings, 0)).toBe(inside.length);
        for (const [i, point] of points.entries()) expect(point.from).toBe(points[i - 1]?.to ?? point.from);
        expect(points.at(-1)!.to).toBe('2026-11-25T00:00:00.000Z');
        expect(points.length).toBeLessThanOrEqual(36);
      }),
    );
  });

  it('goes by calendar months over a year, and by quarters and years over longer lives', () => {
    const over = (days: number) => trendOf(daysOf([{ day: TODAY - days, stars: 4 }]), 'lifetime', NOW);
    expect(
      trendOf([], '365', NOW)
        .map(({ from }) => from.slice(0, 10))
        .slice(0, 3),
    ).toEqual(['2025-11-25', '2025-12-01', '2026-01-01']);
    expect(over(0)).toHaveLength(1);
    expect(over(2000)[1]!.from).toBe('2021-07-01T00:00:00.000Z');
    expect(over(9000)[1]!.from.slice(5, 10)).toBe('01-01');
  });
});
