import { PAGES } from '@assay/contract';
import type { RequestEvent } from '@sveltejs/kit';
import { action } from './action.ts';
import { formOf, id } from './form.ts';
import { idOf } from './guards.ts';

/** Visitors of a store come back to it after signing in, and are asked again. */
function back({ params, url }: RequestEvent): string {
  const sellerId = idOf(params.id);
  return sellerId === null ? url.pathname : `${PAGES.seller(sellerId)}?follow=1`;
}
const read = formOf({ sellerId: id });
const next = ({ event }: { event: RequestEvent }) => event.url.pathname;

/** The actions of a FollowButton. */
export const followActions = {
  follow: action({ read, call: (api, input) => api.stores.follow.mutate(input), next, back }),
  unfollow: action({ read, call: (api, input) => api.stores.unfollow.mutate(input), next, back }),
};
