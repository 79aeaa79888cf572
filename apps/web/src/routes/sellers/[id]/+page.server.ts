import { RATING_SORTS, STARS, type RatingSort } from '@assay/contract';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { originOf } from '#lib/server/api.ts';
import { failure, orError, refuse, staleSince } from '#lib/server/failures.ts';
import { follow } from '#lib/server/follow-actions.ts';
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
  const listingsFrom = given.get('listings');

  const query = {
    sort,
    ...(stars ? { stars } : {}),
    ...(withComment ? { withComment } : {}),
    ...(cursor ? { cursor } : {}),
    ...(listingsFrom ? { listings: listingsFrom } : {}),
  };
  const page = await orError(api.sellers.page.query({ id, ...query }));
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

/** Visitors sign in first, and are asked again when they are back. */
function signInToFollow({ locals, params }: Pick<RequestEvent, 'locals' | 'params'>): void {
  if (locals.signedIn) return;
  redirect(303, `/sign-in?next=${encodeURIComponent(`/sellers/${params.id}?follow=1`)}`);
}

export const actions: Actions = {
  follow: async (event) => {
    signInToFollow(event);
    return follow(event, true);
  },
  unfollow: async (event) => {
    signInToFollow(event);
    return follow(event, false);
  },

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
