import { RATING_SORTS, STARS, type RatingSort } from '@assay/contract';
import { error } from '@sveltejs/kit';
import { failure, orError, refuse, staleSince } from '#lib/server/failures.ts';
import { idOf, requireSignIn } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { api, signedIn } = locals;
  const id = idOf(params.id);
  if (id === null) error(404, 'There is no such seller.');
  const given = url.searchParams;
  const sort: RatingSort = RATING_SORTS.find((name) => name === given.get('sort')) ?? 'newest';
  const stars = STARS.find((value) => String(value) === given.get('stars'));
  const withComment = given.get('withComment') === 'true';
  const cursor = given.get('cursor');

  const query = {
    sort,
    ...(stars ? { stars: `${stars}` as const } : {}),
    ...(withComment ? { withComment: 'true' as const } : {}),
    ...(cursor ? { cursor } : {}),
  };
  const page = await orError(api.sellers.page.query({ id, ...query }));
  const thanks = signedIn && given.get('thanks') === '1';
  return { ...page, sort, stars: stars ?? null, withComment, cursor, thanks, origin: url.origin, staleSince: staleSince(locals) };
};

export const actions: Actions = {
  helpful: async (event) => {
    requireSignIn(event);
    const form = await event.request.formData();
    const id = idOf(form.get('id'));
    if (id === null) return refuse(400, 'There is no such rating.');
    try {
      await event.locals.api.ratings.voteHelpful.mutate({ id, helpful: form.get('helpful') === 'true' });
    } catch (thrown) {
      return failure(thrown, form);
    }
  },
};
