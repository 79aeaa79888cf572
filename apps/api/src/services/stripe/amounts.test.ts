import { parsePriceE8 } from '@assay/contract';
import { expect, it } from 'vitest';
import { e8OfStripeAmount, stripeAmountOf, stripeUnitOf } from './amounts.ts';

it.each([
  ['12.50', 'EUR', 1250],
  ['1200', 'JPY', 1200],
  ['1200', 'ISK', 120_000],
  ['1200', 'UGX', 120_000],
  ['1200', 'MGA', 1200],
  ['12.340', 'KWD', 12_340],
])('%s %s is %i to Stripe, and back', (price, currency, amount) => {
  expect(stripeAmountOf(parsePriceE8(price), currency)).toBe(amount);
  expect(e8OfStripeAmount(amount, currency)).toBe(parsePriceE8(price));
});

it.each([
  ['0.005', 'EUR', 'decimals'],
  ['12.345', 'KWD', 'with two decimals'],
  ['12.50', 'MGA', 'without decimals'],
  ['0.5', 'BTC', 'no payments in BTC'],
])('%s %s cannot be charged', (price, currency, why) => {
  expect(() => stripeAmountOf(parsePriceE8(price), currency)).toThrow(why);
});

it.each([
  ['EUR', 1n],
  ['JPY', 1n],
  ['ISK', 1n],
  ['HUF', 100n],
  ['TWD', 100n],
  ['MGA', 100n],
  ['KWD', 10n],
])('%s is paid out in multiples of %d', (currency, unit) => expect(stripeUnitOf(currency)).toBe(unit));
