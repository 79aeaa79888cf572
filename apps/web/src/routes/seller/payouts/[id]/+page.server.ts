import { error } from '@sveltejs/kit';
import { orError } from '#lib/server/failures.ts';
import { idOf, knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { ownRatings } from '#lib/server/own-store.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, params, parent }) => {
  requireSignIn({ locals, url });
  const id = idOf(params.id) ?? error(404, 'This payout does not exist.');
  const me = knownAccount(await parent());
  const cursor = url.searchParams.get('cursor') || undefined;
  const [ratings, detail] = await orError(Promise.all([ownRatings(locals.api, me), locals.api.payouts.get.query({ id, cursor })]));
  return { ratings, detail };
};
