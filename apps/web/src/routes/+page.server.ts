import { categoryLine, SELLER_SORTS, type CategoryView } from '@assay/contract';
import { orError, staleSince } from '#lib/server/failures.ts';
import type { PageServerLoad } from './$types';

/** What is below the chosen category, or beside it where nothing is; and those above it. */
function around(tree: CategoryView[], chosen: CategoryView | undefined): { above: CategoryView[]; below: CategoryView[] } {
  if (!chosen) return { above: [], below: [] };
  const line = new Set(categoryLine(chosen.path).slice(0, -1));
  const below = tree.filter(({ parent, retired }) => parent === chosen.path && !retired);
  return { above: tree.filter(({ path }) => line.has(path)), below };
}

export const load: PageServerLoad = async ({ locals, url }) => {
  const { api } = locals;
  const given = url.searchParams;
  const q = given.get('q')?.trim().slice(0, 100) ?? '';
  const path = given.get('category');
  const tree = path ? (await orError(api.categories.tree.query())).items : [];
  const category = tree.find((one) => one.path === path);
  const sort = SELLER_SORTS.find((name) => name === given.get('sort')) ?? 'rating';
  const cursor = given.get('cursor');
  // The first page shows new sellers apart; a search finds all sellers.
  const scored = !q && !category && sort !== 'newest';
  const query = {
    sort,
    scored: scored || undefined,
    q: q || undefined,
    category: category?.path,
    cursor: cursor || undefined,
  };

  const [sellers, storefront, offer, found] = await orError(
    Promise.all([
      api.sellers.find.query(query),
      api.sellers.storefront.query(),
      api.wallets.offer.query(),
      q ? api.listings.search.query({ q, category: category?.path, limit: 1 }) : null,
    ]),
  );
  return {
    q,
    category: category ?? null,
    around: around(tree, category),
    sort,
    scored,
    cursor,
    sellers,
    storefront,
    listingsFound: found?.total ?? null,
    offer,
    staleSince: staleSince(locals),
  };
};
