import { error } from '@sveltejs/kit';
import { orError, staleSince } from '#lib/server/failures.ts';
import { idOf } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const id = idOf(params.id);
  if (id === null) error(404, 'There is no such rating.');
  const sellerId = idOf(url.searchParams.get('seller'));
  const { ratings, sellers } = locals.api;
  const [versions, seller] = await orError(
    Promise.all([ratings.history.query({ id }), sellerId === null ? null : sellers.get.query({ id: sellerId })]),
  );
  return { versions, seller: seller && { id: seller.id, name: seller.name }, staleSince: staleSince(locals) };
};
