import { fromText, SearchListingsQuery } from '@assay/contract';
import { NOTHING_ASKED, type Asked, type SearchInput } from '#lib/features/search/asked.ts';

type Query = Partial<Record<keyof Asked | 'cursor', unknown>>;

export interface ReadQuery {
  /** As it was typed, for the form. */
  asked: Asked;
  /** What of it can be asked. */
  query: SearchInput & { cursor?: string };
  /** What is wrong with the rest, by field. */
  wrong: Record<string, string>;
}

/** Reads the address of a search. A field that is wrong is left out, the others still narrow the list. */
export function readQuery(params: URLSearchParams): ReadQuery {
  const asked = { ...NOTHING_ASKED };
  const query: Query = {};
  for (const name of [...(Object.keys(NOTHING_ASKED) as (keyof Asked)[]), 'cursor'] as const) {
    const value = params.get(name)?.trim() ?? '';
    if (value === '') continue;
    query[name] = fromText(SearchListingsQuery.shape[name])(value);
    if (name !== 'cursor') asked[name] = value;
  }
  const wrong: Record<string, string> = {};
  for (;;) {
    const parsed = SearchListingsQuery.safeParse(query);
    if (parsed.success) return { asked, query: query as ReadQuery['query'], wrong }; // without the defaults: they are the API's
    for (const { path, message } of parsed.error.issues) {
      const field = String(path[0]);
      wrong[field] ??= message;
      for (const name of field === 'currency' ? (['currency', 'priceMin', 'priceMax', 'sort'] as const) : ([field] as (keyof Asked)[]))
        delete query[name];
    }
  }
}
