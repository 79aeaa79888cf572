import { expect, it } from 'vitest';
import { addressOf, chipsOf, foundWords, NOTHING_ASKED, sellersAddress } from './asked.ts';

const asked = { ...NOTHING_ASKED, q: 'blue bowl', category: 'ceramics/bowls', currency: 'EUR', priceMin: '5', sort: 'price-asc' };
const names = { category: 'Bowls', seller: 'Kiln', price: (amount: string) => `€ ${amount}` };

it('an address has what was asked, and nothing empty', () => {
  expect(addressOf(NOTHING_ASKED)).toBe('/listings');
  expect(addressOf({ ...NOTHING_ASKED, q: 'a&b' }, { sort: 'newest' })).toBe('/listings?q=a%26b&sort=newest');
  expect(sellersAddress(asked)).toBe('/?q=blue+bowl&category=ceramics%2Fbowls#sellers');
});

it('each chip leads to the list without it; without a currency there are no prices', () => {
  const chips = chipsOf(asked, names);
  expect(chips.map(({ label }) => label)).toEqual(['Bowls', 'From € 5', 'EUR']);
  expect(chips[1]!.href).toBe('/listings?q=blue+bowl&category=ceramics%2Fbowls&currency=EUR&sort=price-asc');
  expect(chips[2]!.href).toBe('/listings?q=blue+bowl&category=ceramics%2Fbowls');
  expect(chipsOf(NOTHING_ASKED, names)).toEqual([]);
});

it('counts say what they know', () => {
  expect([foundWords({ count: 1, more: false }), foundWords({ count: 0, more: false }), foundWords({ count: 1000, more: true })]).toEqual([
    '1 listing',
    '0 listings',
    'More than 1,000 listings',
  ]);
});
