import type { ListingFilter, ListingKeys, ListingSearchSort } from '@assay/core';
import { Prisma } from './database.ts';
import type { SortColumn } from './keyset.ts';
import type { Engine } from './database-url.ts';
import { within } from './subtree.ts';
import { toDate, type RawDate } from './values.ts';

// What the engines' listing searches have in common. `l` is SellerListings.

/** What a search selects of each listing. A price as text: a double could not hold it. */
export interface RawKeys {
  id: number;
  sortedBy: number | RawDate;
}

/** The id, and what the list is sorted by: nothing else, so that an index may hold all of it. */
export function selectKeys(sort: ListingSearchSort, [{ column }]: [SortColumn, SortColumn]): Prisma.Sql {
  const by = sort === 'relevance' || sort === 'newest' ? column : Prisma.sql`CAST(${column} AS VARCHAR(20))`;
  return Prisma.sql`SELECT l.Id AS id, ${by} AS sortedBy`;
}

export function toKeys(sort: ListingSearchSort, { id, sortedBy: by }: RawKeys): ListingKeys {
  if (sort === 'relevance') return { id, by: Number(by) };
  return { id, by: sort === 'newest' ? toDate(by as RawDate) : BigInt(by as string) };
}

export const CATEGORY = Prisma.sql`l.Category`;
export const NO_SCORE = Prisma.sql`0`;

/** The columns of an order; the first is the expression of the score where it is by relevance. */
export function sortColumns(sort: ListingSearchSort, score: Prisma.Sql): [SortColumn, SortColumn] {
  const descending = sort !== 'price-asc';
  const first = {
    relevance: score,
    newest: Prisma.sql`l.PublishedAt`,
    'price-asc': Prisma.sql`l.PriceE8`,
    'price-desc': Prisma.sql`l.PriceE8`,
  };
  return [
    { column: first[sort], descending },
    { column: Prisma.sql`l.Id`, descending },
  ];
}

/** The limits of the price. */
export const priceWithin = ({ priceMinE8, priceMaxE8 }: ListingFilter): (Prisma.Sql | false)[] => [
  priceMinE8 !== undefined && Prisma.sql`l.PriceE8 >= ${priceMinE8}`,
  priceMaxE8 !== undefined && Prisma.sql`l.PriceE8 <= ${priceMaxE8}`,
];

export const isPriced = ({ priceMinE8, priceMaxE8 }: ListingFilter): boolean => priceMinE8 !== undefined || priceMaxE8 !== undefined;

/** The filters of a search on the listing's own columns. */
export function narrowed(engine: Engine, filter: ListingFilter): (Prisma.Sql | false)[] {
  const { category, currency, escrow, sellerId } = filter;
  return [
    Prisma.sql`l.Status = 'active'`,
    category !== undefined && within(engine, CATEGORY, category),
    currency !== undefined && Prisma.sql`l.Currency = ${currency}`,
    ...priceWithin(filter),
    escrow === true && Prisma.sql`l.EscrowEnabled = 1`,
    sellerId !== undefined && Prisma.sql`l.SellerId = ${sellerId}`,
  ];
}

/** How many rows there are in that, counted up to `max`. */
export const bounded = (found: number, max: number) => ({ count: Math.min(found, max), more: found > max });
