import { apiErrorOf } from '@assay/client';
import { ERRORS } from '@assay/contract';
import { error, fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { idOf } from './guards.ts';

/** What a page says beside the button that was refused. */
export interface FollowFailure {
  about: 'follow';
  message: string;
}

/** What a FollowButton does: the store, then the page again, which says how it is now. */
export async function follow(event: RequestEvent, on: boolean): Promise<ActionFailure<FollowFailure>> {
  const sellerId = idOf((await event.request.formData()).get('sellerId'));
  if (sellerId === null) error(400, ERRORS.BAD_REQUEST.message);
  const { stores } = event.locals.api;
  try {
    await (on ? stores.follow : stores.unfollow).mutate({ sellerId });
  } catch (thrown) {
    const known = apiErrorOf(thrown);
    if (!known) throw thrown;
    return fail(known.status, { about: 'follow' as const, message: known.message });
  }
  redirect(303, event.url.pathname);
}
