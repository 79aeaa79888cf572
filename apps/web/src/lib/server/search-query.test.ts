import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readQuery } from './search-query.ts';

const read = (address: string) => readQuery(new URLSearchParams(address));

it('an empty field is left out', () => {
  expect(read('q=+bowl+&currency=&priceMin=&sort=newest')).toMatchObject({ query: { q: 'bowl', sort: 'newest' }, wrong: {} });
});

it('a problem is named at its field, and the rest still narrows the list', () => {
  const { query, wrong, params } = read('q=bowl&currency=EUR&priceMin=12,5&escrow=maybe&category=ceramics');
  expect(query).toEqual({ q: 'bowl', currency: 'EUR', category: 'ceramics' });
  expect(Object.keys(wrong).toSorted()).toEqual(['escrow', 'priceMin']);
  expect(params.priceMin).toBe('12,5'); // it stays in its field
});

it('numbers and flags of the address are numbers and flags for the API', () => {
  expect(read('seller=7&escrow=true')).toMatchObject({ query: { seller: 7, escrow: true }, params: { seller: '7', escrow: 'true' } });
  expect(Object.keys(read('seller=07').wrong)).toEqual(['seller']);
});

it('a price without a currency asks for one, and is left out until then', () => {
  const { query, wrong } = read('q=bowl&priceMax=20&sort=price-asc');
  expect(query).toEqual({ q: 'bowl' });
  expect(wrong.currency).toMatch(/^Choose a currency/);
});

it('any address can be read', () => {
  fc.assert(fc.property(fc.webQueryParameters(), (address) => void read(address)));
  const names = fc.constantFrom('q', 'category', 'currency', 'priceMin', 'priceMax', 'escrow', 'seller', 'sort', 'cursor');
  fc.assert(fc.property(fc.array(fc.tuple(names, fc.string())), (pairs) => void readQuery(new URLSearchParams(pairs))));
}, 60_000); // many addresses: slow on a busy machine
