import { expect, it } from 'vitest';
import { addressOf, chipsOf, foundLabel, NO_PARAMS, sellersAddress } from './search-params.ts';

const params = { ...NO_PARAMS, q: 'blue bowl', category: 'ceramics/bowls', currency: 'EUR', priceMin: '5', sort: 'price-asc' };
const names = { category: 'Bowls', seller: 'Kiln', price: (amount: string) => `€ ${amount}` };

it('an address has the parameters of the search, and no empty ones', () => {
  expect(addressOf(NO_PARAMS)).toBe('/listings');
  expect(addressOf({ ...NO_PARAMS, q: 'a&b' }, { sort: 'newest' })).toBe('/listings?q=a%26b&sort=newest');
  expect(sellersAddress(params)).toBe('/?q=blue+bowl&category=ceramics%2Fbowls#sellers');
});

it('each chip leads to the list without it; without a currency there are no prices', () => {
  const chips = chipsOf(params, names);
  expect(chips.map(({ label }) => label)).toEqual(['Bowls', 'From € 5', 'EUR']);
  expect(chips[1]!.href).toBe('/listings?q=blue+bowl&category=ceramics%2Fbowls&currency=EUR&sort=price-asc');
  expect(chips[2]!.href).toBe('/listings?q=blue+bowl&category=ceramics%2Fbowls');
  expect(chipsOf(NO_PARAMS, names)).toEqual([]);
});

it('counts say what they know', () => {
  expect([foundLabel({ count: 1, more: false }), foundLabel({ count: 0, more: false }), foundLabel({ count: 1000, more: true })]).toEqual([
    '1 listing',
    '0 listings',
    'More than 1,000 listings',
  ]);
});
