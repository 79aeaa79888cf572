import { expect, it } from 'vitest';
import { moneyChange } from './labels.ts';

it.each([
  ['12.50', '+€ 12.50'],
  ['-1250.00', '−€ 1,250.00'],
  ['0.00', '–'],
])('a change of %s is %s', (amount, shown) => {
  expect(moneyChange(amount, 'EUR').replaceAll('\u00A0', ' ')).toBe(shown);
});
