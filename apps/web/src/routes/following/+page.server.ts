import { apiErrorOf } from '@assay/client';
import { orError } from '#lib/server/failures.ts';
import { followActions } from '#lib/server/follow-actions.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import { logError } from '#lib/server/log.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const { stores } = locals.api;
  const cursor = url.searchParams.get('cursor');
  // Noted first: what is new is what came since the visit before this one.
  await stores.look.mutate().catch((thrown: unknown) => {
    if (!apiErrorOf(thrown)) throw thrown;
    // The page works without it: only the next "new since" starts too early.
    logError({ requestId: locals.requestId, err: String(thrown), msg: 'the visit was not noted' });
  });
  return { following: await orError(stores.following.query(cursor ? { cursor } : {})), cursor };
};

export const actions = followActions;
