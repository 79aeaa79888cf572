import { CURRENCIES } from '@assay/contract';
import { expect, it } from 'vitest';
import { currencyFor } from './currency.ts';

it.each([
  ['en-US,en;q=0.9', 'USD'],
  ['en-GB', 'GBP'],
  ['ja-JP,ja;q=0.9', 'JPY'],
  ['pt-PT,pt;q=0.9,en;q=0.8', 'EUR'],
  ['en', 'EUR'],
  ['', 'EUR'],
  [null, 'EUR'],
  ['-', 'EUR'],
])('a browser that says %j counts in %s', (language, currency) => {
  expect(currencyFor(language)).toBe(currency);
  expect(CURRENCIES).toHaveProperty(currency);
});
