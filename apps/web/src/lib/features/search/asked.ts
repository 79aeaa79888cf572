// What a page of found listings was asked for, as its address has it. Free of zod: browsers load it.

import type { ApiClient } from '@assay/client';
import { counted } from '#lib/format.ts';

/** What the API is asked, but for where to go on. */
export type SearchInput = Omit<Parameters<ApiClient['listings']['search']['query']>[0], 'cursor'>;

export interface Asked {
  q: string;
  category: string;
  currency: string;
  priceMin: string;
  priceMax: string;
  escrow: string;
  seller: string;
  sort: string;
}

export const NOTHING_ASKED: Asked = { q: '', category: '', currency: '', priceMin: '', priceMax: '', escrow: '', seller: '', sort: '' };

/** The page that shows that: links and forms work without JavaScript. */
export function addressOf(asked: Asked, changes: Partial<Asked> & { cursor?: string } = {}): string {
  const all = Object.entries({ ...asked, ...changes }).filter(([, value]) => value !== '');
  const query = new URLSearchParams(all);
  return query.size > 0 ? `/listings?${query}` : '/listings';
}

/** The same question for sellers: their names are searched, and what they sell. */
export function sellersAddress({ q, category }: Asked): string {
  const query = new URLSearchParams(Object.entries({ q, category }).filter(([, value]) => value !== ''));
  return query.size > 0 ? `/?${query}#sellers` : '/';
}

/** Something that narrows the list, and the page without it. */
export interface Chip {
  label: string;
  href: string;
}

/** What narrows the list now, but for the words, which stand in their box. */
export function chipsOf(asked: Asked, names: { category: string; seller: string; price: (amount: string) => string }): Chip[] {
  const { category, currency, priceMin, priceMax, escrow, seller } = asked;
  const chips: (Chip | false)[] = [
    category !== '' && { label: names.category, href: addressOf(asked, { category: '' }) },
    priceMin !== '' && { label: `From ${names.price(priceMin)}`, href: addressOf(asked, { priceMin: '' }) },
    priceMax !== '' && { label: `Up to ${names.price(priceMax)}`, href: addressOf(asked, { priceMax: '' }) },
    // Prices are compared within a currency: without it there are none.
    currency !== '' && { label: currency, href: addressOf(asked, { currency: '', priceMin: '', priceMax: '', ...unpriced(asked.sort) }) },
    escrow !== '' && { label: 'Escrow', href: addressOf(asked, { escrow: '' }) },
    seller !== '' && { label: names.seller, href: addressOf(asked, { seller: '' }) },
  ];
  return chips.filter((chip) => chip !== false);
}

const unpriced = (sort: string): Partial<Asked> => (sort.startsWith('price') ? { sort: '' } : {});

/** "317 listings", "More than 1,000 listings": what is counted is counted exactly. */
export const foundWords = ({ count, more }: { count: number; more: boolean }): string =>
  more ? `More than ${counted(count, 'listing')}` : counted(count, 'listing');
