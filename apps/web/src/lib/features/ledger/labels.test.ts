import { expect, it } from 'vitest';
import { availability, moneyChange } from './labels.ts';

it.each([
  ['12.50', '+€ 12.50'],
  ['-1250.00', '−€ 1,250.00'],
  ['0.00', '–'],
])('a change of %s is %s', (amount, shown) => {
  expect(moneyChange(amount, 'EUR').replaceAll('\u00A0', ' ')).toBe(shown);
});

it('what is pending says when it can be paid out', () => {
  const [first, last] = ['2026-12-03T05:00:00.000Z', '2026-12-30T05:00:00.000Z'];
  expect(availability({ availableFrom: first, availableBy: first })).toBe('on 3 Dec 2026');
  expect(availability({ availableFrom: first, availableBy: last })).toBe('from 3 Dec 2026, all of it by 30 Dec 2026');
});
