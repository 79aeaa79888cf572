import { COUNTED_MATCHES_MAX, parsePriceE8, type FoundListing, type ListingSearchPage, type SearchListingsQuery } from '@assay/contract';
import type { Context } from '../kernel/context.ts';
import { decodeCursor, encodeCursor } from '../kernel/cursor.ts';
import { AppError } from '../kernel/errors.ts';
import { toListingsWithScores } from '../listings/views.ts';
import { getCategoryTree } from '../categories/category-tree.ts';
import { hasRatings } from '../ratings/ratings-on.ts';
import type { ListingFilter, ListingKeys, ListingSearchSort } from './ports.ts';
import { searchTerms } from './words.ts';

/**
 * What is for sale, for everybody: by words, category, price within one currency. Counts are exact up to
 * {@link COUNTED_MATCHES_MAX}. @throws AppError INVALID_CURSOR
 */
export async function searchListings(ctx: Context, query: SearchListingsQuery): Promise<ListingSearchPage> {
  const filter = filterOf(query);
  if (isAsked(query) && filter.terms.length === 0)
    return {
      items: [],
      nextCursor: null,
      total: { count: 0, more: false },
      considered: null,
      categories: query.cursor === undefined ? [] : null,
    };
  const sort = sortOf(query, filter);
  const after = query.cursor === undefined ? undefined : decodeKeys(query.cursor, sort);
  const { rows, considered } = await ctx.repos.listingSearch.find({ ...filter, sort, limit: query.limit + 1, after });
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const [{ total, categories }, items] = await Promise.all([
    after ? { total: await ctx.repos.listingSearch.count(filter, COUNTED_MATCHES_MAX), categories: null } : counted(ctx, filter),
    found(
      ctx,
      shown.map(({ id }) => id),
    ),
  ]);
  return { items, nextCursor: rows.length > query.limit && last ? encodeKeys(last, sort) : null, total, considered, categories };
}

/** Was anything typed? A search of signs alone is a search: listings do not bear them, so that it finds none. */
const isAsked = ({ q }: SearchListingsQuery): boolean => (q ?? '').trim() !== '';

function filterOf({ q, category, currency, priceMin, priceMax, escrow, seller }: SearchListingsQuery): ListingFilter {
  return {
    terms: searchTerms(q ?? ''),
    category,
    currency,
    ...(priceMin === undefined ? {} : { priceMinE8: parsePriceE8(priceMin) }),
    ...(priceMax === undefined ? {} : { priceMaxE8: parsePriceE8(priceMax) }),
    escrow,
    sellerId: seller,
  };
}

/** Nothing is relevant to no words. */
function sortOf({ sort }: SearchListingsQuery, { terms }: ListingFilter): ListingSearchSort {
  if (terms.length === 0) return sort === undefined || sort === 'relevance' ? 'newest' : sort;
  return sort ?? 'relevance';
}

// A price can have more digits than a JSON number holds exactly: it travels in two parts.
const PART = 1_000_000_000n;

function encodeKeys({ by, id }: ListingKeys, sort: ListingSearchSort): string {
  const keys = by instanceof Date ? [by.toISOString()] : typeof by === 'bigint' ? [Number(by / PART), Number(by % PART)] : [by];
  return encodeCursor(`listings-${sort}`, [...keys, id]);
}

/** @throws AppError INVALID_CURSOR */
function decodeKeys(cursor: string, sort: ListingSearchSort): ListingKeys {
  const kind = `listings-${sort}`;
  if (sort === 'newest') {
    const [by, id] = decodeCursor(cursor, kind, ['date', 'number']);
    return { by, id: whole(id) };
  }
  if (sort === 'relevance') {
    const [by, id] = decodeCursor(cursor, kind, ['number', 'number']);
    return { by: whole(by), id: whole(id) };
  }
  const [high, low, id] = decodeCursor(cursor, kind, ['number', 'number', 'number']);
  return { by: BigInt(whole(high)) * PART + BigInt(whole(low)), id: whole(id) };
}

function whole(key: number): number {
  if (!Number.isInteger(key)) throw new AppError('INVALID_CURSOR');
  return key;
}

/**
 * How many there are, in all and in the categories one step below the one that is asked for, or in the top ones. Categories without
 * a match are left out.
 */
async function counted(ctx: Context, filter: ListingFilter): Promise<Pick<ListingSearchPage, 'total' | 'categories'>> {
  const below = (await getCategoryTree(ctx)).items.filter(({ parent }) => parent === (filter.category ?? null));
  const paths = below.map(({ path }) => path);
  const { total, categories } = await ctx.repos.listingSearch.countIn(filter, paths, COUNTED_MATCHES_MAX);
  return {
    total,
    categories: below.flatMap(({ path, name }) => {
      const there = categories.get(path);
      return there && there.count > 0 ? [{ path, name, ...there }] : [];
    }),
  };
}

/** Listings as readers see them, in that order; one that is gone meanwhile is left out. */
async function found(ctx: Context, ids: number[]): Promise<FoundListing[]> {
  const views = await toListingsWithScores(ctx, await ctx.repos.listings.findActive(ids), await hasRatings(ctx));
  const byId = new Map(views.map((view) => [view.id, view]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
