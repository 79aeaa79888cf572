import { CATEGORIES, SELLER_SORTS } from '@assay/contract';
import { orError, staleSince } from '#lib/server/failures.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { api } = locals;
  const given = url.searchParams;
  const q = given.get('q')?.trim().slice(0, 100) ?? '';
  const category = CATEGORIES.find((name) => name === given.get('category'));
  const sort = SELLER_SORTS.find((name) => name === given.get('sort')) ?? 'rating';
  const cursor = given.get('cursor');
  // The first page shows new sellers apart; a search shows everybody.
  const scored = !q && !category && sort !== 'newest';
  const query = {
    sort,
    ...(scored ? { scored: 'true' as const } : {}),
    ...(q ? { q } : {}),
    ...(category ? { category } : {}),
    ...(cursor ? { cursor } : {}),
  };

  const [sellers, storefront, offer] = await orError(
    Promise.all([api.sellers.find.query(query), api.sellers.storefront.query(), api.wallets.offer.query()]),
  );
  return { q, category: category ?? null, sort, scored, cursor, sellers, storefront, offer, staleSince: staleSince(locals) };
};
