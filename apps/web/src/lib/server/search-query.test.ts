import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readQuery } from './search-query.ts';

const read = (address: string) => readQuery(new URLSearchParams(address));

it('an empty field is left out', () => {
  expect(read('q=+bowl+&currency=&priceMin=&sort=newest')).toMatchObject({ query: { q: 'bowl', sort: 'newest' }, wrong: {} });
});

it('a problem is named at its field, and the rest still narrows the list', () => {
  const { query, wrong, params } = read('q=bowl&currency=EUR&priceMin=1,250&escrow=maybe&category=ceramics');
  expect(query).toEqual({ q: 'bowl', currency: 'EUR', category: 'ceramics' });
  expect(Object.keys(wrong).toSorted()).toEqual(['escrow', 'priceMin']);
  expect(params.priceMin).toBe('1,250'); // it stays in its field
});

it('numbers and flags of the address are numbers and flags for the API', () => {
  expect(read('seller=7&escrow=true')).toMatchObject({ query: { seller: 7, escrow: true }, params: { seller: '7', escrow: 'true' } });
  expect(Object.keys(read('seller=07').wrong)).toEqual(['seller']);
});

it('prices are in the usual currency where the address names none, and may have a comma', () => {
  const { query, params, wrong } = read('q=bowl&priceMax=20,5&sort=price-asc');
  expect(query).toEqual({ q: 'bowl', currency: 'EUR', priceMax: '20.5', sort: 'price-asc' });
  expect(params.currency).toBe('EUR');
  expect(wrong).toEqual({});
  expect(readQuery(new URLSearchParams('sort=price-desc'), 'JPY').query.currency).toBe('JPY');
  expect(read('q=bowl&sort=newest').query).not.toHaveProperty('currency');
});

it('any address can be read', () => {
  fc.assert(fc.property(fc.webQueryParameters(), (address) => void read(address)));
  const names = fc.constantFrom('q', 'category', 'currency', 'priceMin', 'priceMax', 'escrow', 'seller', 'sort', 'cursor');
  fc.assert(fc.property(fc.array(fc.tuple(names, fc.string())), (pairs) => void readQuery(new URLSearchParams(pairs))));
}, 60_000); // many addresses: slow on a busy machine
