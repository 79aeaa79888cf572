import { originOf } from '#lib/server/api.ts';
import { orError, staleSince } from '#lib/server/failures.ts';
import { readQuery } from '#lib/server/search-query.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { api } = locals;
  const { params, query, wrong } = readQuery(url.searchParams);
  const { cursor, ...input } = query;
  const [tree, page] = await orError(
    Promise.all([api.categories.tree.query(), api.listings.search.query({ ...input, cursor: cursor || undefined })]),
  );
  return { params, input, cursor: cursor ?? null, wrong, tree: tree.items, page, origin: originOf(url), staleSince: staleSince(locals) };
};
