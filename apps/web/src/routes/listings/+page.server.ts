import { originOf } from '#lib/server/api.ts';
import { orError, staleSince } from '#lib/server/failures.ts';
import { currencyFor } from '#lib/server/currency.ts';
import { readQuery } from '#lib/server/search-query.ts';
import type { PageServerLoad } from './$types';

/** Sellers by that name, above the listings. */
const SELLERS_SHOWN = 3;

export const load: PageServerLoad = async ({ locals, url, request }) => {
  const { api } = locals;
  const { params, query, wrong } = readQuery(url.searchParams, currencyFor(request.headers.get('accept-language')));
  const { cursor, ...input } = query;
  const { q } = input;
  const [tree, page, sellers] = await orError(
    Promise.all([
      api.categories.tree.query(),
      api.listings.search.query({ ...input, cursor: cursor || undefined }),
      q ? api.sellers.find.query({ q, category: input.category, limit: SELLERS_SHOWN }) : null,
    ]),
  );
  return {
    params,
    input,
    cursor: cursor ?? null,
    wrong,
    tree: tree.items,
    page,
    sellers,
    origin: originOf(url),
    staleSince: staleSince(locals),
  };
};
