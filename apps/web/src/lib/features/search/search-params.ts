// The parameters of a listing search, as its address has them. Free of zod: browsers load it.
import type { ApiClient } from '@assay/client';
import { PAGES } from '@assay/contract';
import { counted } from '#lib/format.ts';

/** The API's input of a search, without the cursor. */
export type SearchInput = Omit<Parameters<ApiClient['listings']['search']['query']>[0], 'cursor'>;

export interface SearchParams {
  q: string;
  category: string;
  currency: string;
  priceMin: string;
  priceMax: string;
  escrow: string;
  seller: string;
  sort: string;
}

export const NO_PARAMS: SearchParams = { q: '', category: '', currency: '', priceMin: '', priceMax: '', escrow: '', seller: '', sort: '' };

/** The address of a search: links and forms work without JavaScript. */
export function addressOf(params: SearchParams, changes: Partial<SearchParams> & { cursor?: string } = {}): string {
  const all = Object.entries({ ...params, ...changes }).filter(([, value]) => value !== '');
  const query = new URLSearchParams(all);
  return query.size > 0 ? `${PAGES.listings}?${query}` : PAGES.listings;
}

/** The same search for sellers, by their names and what they sell. */
export function sellersAddress({ q, category }: SearchParams): string {
  const query = new URLSearchParams(Object.entries({ q, category }).filter(([, value]) => value !== ''));
  return query.size > 0 ? `/?${query}#sellers` : '/';
}

/** A filter of the list, and the address without it. */
export interface Chip {
  label: string;
  href: string;
}

/** The filters of the list, without the search text, which stays in its field. */
export function chipsOf(params: SearchParams, names: { category: string; seller: string; price: (amount: string) => string }): Chip[] {
  const { category, currency, priceMin, priceMax, escrow, seller } = params;
  const chips: (Chip | false)[] = [
    category !== '' && { label: names.category, href: addressOf(params, { category: '' }) },
    priceMin !== '' && { label: `From ${names.price(priceMin)}`, href: addressOf(params, { priceMin: '' }) },
    priceMax !== '' && { label: `Up to ${names.price(priceMax)}`, href: addressOf(params, { priceMax: '' }) },
    // Prices are compared within one currency: removing it removes them.
    currency !== '' && { label: currency, href: addressOf(params, { currency: '', priceMin: '', priceMax: '', ...unpriced(params.sort) }) },
    escrow !== '' && { label: 'Escrow', href: addressOf(params, { escrow: '' }) },
    seller !== '' && { label: names.seller, href: addressOf(params, { seller: '' }) },
  ];
  return chips.filter((chip) => chip !== false);
}

const unpriced = (sort: string): Partial<SearchParams> => (sort.startsWith('price') ? { sort: '' } : {});

/** "317 listings", or "More than 1,000 listings" beyond what is counted. */
export const foundLabel = ({ count, more }: { count: number; more: boolean }): string =>
  more ? `More than ${counted(count, 'listing')}` : counted(count, 'listing');
