import { describe, expect, it } from 'vitest';
import { axisNames, runsOf, scaleFor, stepName, stretchName, tagPlace } from './trend.ts';

const at = (text: string) => `${text}T00:00:00.000Z`;
const stretch = (from: string, to: string) => ({ from: at(from), to: at(to) });
/** Calendar steps from a day to a day, the first and the last one cut, as the API makes them. */
function steps(from: string, to: string, length: number) {
  const made = [];
  for (let start = Date.parse(at(from)); start < Date.parse(at(to));) {
    const date = new Date(start);
    const next = Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / length) * length + length, 1);
    made.push({ from: date.toISOString(), to: new Date(Math.min(next, Date.parse(at(to)))).toISOString() });
    start = next;
  }
  return made;
}
/** So many steps of five days from 1 November on. */
const fives = (count: number) =>
  Array.from({ length: count }, (_, i) => {
    const [from, to] = [new Date(Date.UTC(2026, 10, 1 + 5 * i)), new Date(Date.UTC(2026, 10, 6 + 5 * i))];
    return { from: from.toISOString(), to: to.toISOString() };
  });

describe('the steps of a trend', () => {
  it.each([
    ['month', '23 Nov 2025 – 30 Nov 2025', steps('2025-11-23', '2026-11-23', 1)],
    ['month', 'December 2025', steps('2025-12-01', '2026-11-23', 1)],
    ['quarter', '23 Nov 2021 – 31 Dec 2021', steps('2021-11-23', '2026-11-23', 3)],
    ['year', '23 Nov 2011 – 31 Dec 2011', steps('2011-11-23', '2026-11-23', 12)],
    ['5 days', '1 Nov 2026 – 5 Nov 2026', [stretch('2026-11-01', '2026-11-06'), stretch('2026-11-06', '2026-11-11')]],
    ['week', '16 Nov 2026 – 22 Nov 2026', [stretch('2026-11-16', '2026-11-23')]],
    ['day', '22 Nov 2026', [stretch('2026-11-22', '2026-11-23')]],
  ])('are called by what they are: %s, %s', (step, name, given) => {
    expect([stepName(given), stretchName(given[0]!)]).toEqual([step, name]);
  });

  it.each([
    ['Nov, Feb, May, Aug, Nov', steps('2025-11-23', '2026-11-23', 1)],
    ['Nov 2024, Jul 2025, Mar 2026, Nov 2026', steps('2024-11-23', '2026-11-23', 1)],
    ['2011, 2016, 2021, 2026', steps('2011-11-23', '2026-11-23', 12)],
    ['1 Nov, 6 Nov', [stretch('2026-11-01', '2026-11-06'), stretch('2026-11-06', '2026-11-11')]],
    ['1 Nov, 6 Nov, 11 Nov, 16 Nov, 21 Nov, 26 Nov', fives(6)],
    ['1 Nov, 16 Nov, 1 Dec, 16 Dec', fives(10)],
    ['1 Nov, 21 Nov, 6 Dec, 26 Dec', fives(12)],
    ['16 Nov', [stretch('2026-11-16', '2026-11-17')]],
    ['', []],
  ])('are named below the axis, the first and the last among them: %s', (names, given) => {
    const placed = axisNames(given);
    expect(placed.map(({ text }) => text).join(', ')).toBe(names);
    expect(placed.at(-1)?.index ?? -1).toBe(given.length - 1);
  });
});

describe('the scale', () => {
  it.each([
    [4.9, { bottom: 4.5, step: 0.5 }],
    [5, { bottom: 4.5, step: 0.5 }],
    [3.6, { bottom: 3.5, step: 0.5 }],
    [3, { bottom: 3, step: 0.5 }],
    [2.9, { bottom: 2, step: 1 }],
    [1, { bottom: 1, step: 1 }],
  ])('goes down to the lowest end of an interval: %f', (lowest, scale) => {
    expect(scaleFor(lowest)).toEqual(scale);
  });
});

it.each([
  ['below a dot that is high', [10, 5], { height: 10, below: true }],
  ['below a dip shortly before the end', [5, 5, 5, 20, 10], { height: 20, below: true }],
  ['above a line that is low', [70, 90, 85], { height: 85, below: false }],
  ['below, where neither has room', [5, 90], { height: 90, below: true }],
  ['at its own height, alone', [30], { height: 30, below: true }],
])('the last value stands %s', (_, heights, place) => {
  expect(tagPlace(heights)).toEqual(place);
});

it('has no line across steps without ratings', () => {
  const [some, none] = [{ estimate: {} }, { estimate: null }];
  expect(runsOf([none, some, some, none, none, some]).map((run) => run.map(({ index }) => index))).toEqual([[1, 2], [5]]);
  expect(runsOf([none])).toEqual([]);
});
