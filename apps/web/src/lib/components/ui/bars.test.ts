import { expect, it } from 'vitest';
import { axisTop, everyNth } from './bars.ts';

it.each([
  [0, 1],
  [1, 1],
  [2, 2],
  [9, 9],
  [10, 10],
  [61, 70],
  [100, 100],
  [373, 400],
])('an axis for %i ends at %i', (highest, top) => {
  expect(axisTop(highest)).toBe(top);
});

it.each([
  [24, 8, [0, 8, 16, 23]],
  [30, 7, [0, 7, 14, 21, 29]],
  [3, 8, [0, 2]],
  [1, 8, [0]],
  [0, 8, []],
])('of %i bars, named about every %i, %j have a name', (bars, nth, named) => {
  const names = everyNth(
    Array.from({ length: bars }, (_, i) => ({ label: `bar ${i}` })),
    nth,
  );
  expect(names).toEqual(named.map((index) => ({ index, label: `bar ${index}` })));
});
