import { RATING_SORTS, STARS, type RatingSort } from '@assay/contract';
import { error } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { originOf } from '#lib/server/api.ts';
import { orError, staleSince } from '#lib/server/failures.ts';
import { followActions } from '#lib/server/follow-actions.ts';
import { flag, formOf, id } from '#lib/server/form.ts';
import { idOf } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { api, signedIn } = locals;
  const sellerId = idOf(params.id);
  if (sellerId === null) error(404, 'There is no such seller.');
  const given = url.searchParams;
  const sort: RatingSort = RATING_SORTS.find((name) => name === given.get('sort')) ?? 'newest';
  const stars = STARS.find((value) => String(value) === given.get('stars'));
  const withComment = given.get('withComment') === 'true';
  const cursor = given.get('cursor');
  const listingsFrom = given.get('listings');

  const query = {
    sort,
    stars,
    withComment: withComment || undefined,
    cursor: cursor || undefined,
    listings: listingsFrom || undefined,
  };
  const page = await orError(api.sellers.page.query({ id: sellerId, ...query }));
  const asked = (name: string) => signedIn && given.get(name) === '1';
  return {
    ...page,
    sort,
    stars: stars ?? null,
    withComment,
    cursor,
    listingsFrom,
    thanks: asked('thanks'),
    wantsToFollow: asked('follow'),
    origin: originOf(url),
    staleSince: staleSince(locals),
  };
};

export const actions = {
  ...followActions,
  helpful: action({ read: formOf({ id, helpful: flag }), call: (api, input) => api.ratings.voteHelpful.mutate(input) }),
};
