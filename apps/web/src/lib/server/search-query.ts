import { decimalOf, fromText, SearchListingsQuery, type Currency } from '@assay/contract';
import { NO_PARAMS, type SearchInput, type SearchParams } from '#lib/features/search/search-params.ts';

type Field = keyof SearchParams | 'cursor';

export interface ReadQuery {
  /** As it was typed, for the form. */
  params: SearchParams;
  /** The valid part of it, for the API. */
  query: SearchInput & { cursor?: string };
  /** The problems of the rest, by field. */
  wrong: Record<string, string>;
}

const isField = (name: string): name is Field => Object.hasOwn(NO_PARAMS, name) || name === 'cursor';
/** Fields that a currency makes possible: without it they are left out too. */
const PRICED: readonly Field[] = ['currency', 'priceMin', 'priceMax', 'sort'];
const AMOUNTS = new Set<Field>(['priceMin', 'priceMax']);

/**
 * Reads the address of a search. A field with a problem is left out; the others still narrow the list.
 * @param usual the currency of prices where the address names none
 */
export function readQuery(given: URLSearchParams, usual: Currency = 'EUR'): ReadQuery {
  const params = { ...NO_PARAMS };
  const query: Partial<Record<Field, unknown>> = {};
  for (const name of [...Object.keys(NO_PARAMS), 'cursor'].filter(isField)) {
    const value = given.get(name)?.trim() ?? '';
    if (value === '') continue;
    query[name] = fromText(SearchListingsQuery.shape[name])(AMOUNTS.has(name) ? decimalOf(value) : value);
    if (name !== 'cursor') params[name] = value;
  }
  if (!query.currency && (query.priceMin || query.priceMax || params.sort.startsWith('price-'))) query.currency = params.currency = usual;
  const wrong: Record<string, string> = {};
  for (;;) {
    const parsed = SearchListingsQuery.safeParse(query);
    if (parsed.success) return { params, query: query as ReadQuery['query'], wrong }; // valid; without the API's defaults
    for (const { path, message } of parsed.error.issues) {
      const field = String(path[0]);
      wrong[field] ??= message;
      for (const name of field === 'currency' ? PRICED : [field].filter(isField)) delete query[name];
    }
  }
}
