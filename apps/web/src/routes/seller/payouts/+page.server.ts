import { PAGES, PayoutScheduleInput } from '@assay/contract';
import { redirect } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { inputOf, text } from '#lib/server/form.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { ownRatings } from '#lib/server/own-store.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  if (!me?.roles.includes('seller')) redirect(303, PAGES.onboarding);
  const { api } = locals;
  const cursor = url.searchParams.get('cursor') || undefined;
  const [ratings, overview, payouts] = await orError(
    Promise.all([ownRatings(api, me), api.payouts.overview.query(), api.payouts.mine.query({ cursor })]),
  );
  return { ratings, overview, payouts };
};

export const actions = {
  schedule: action({
    read: inputOf(PayoutScheduleInput, { schedule: text }),
    call: (api, input) => api.payouts.choose.mutate(input),
    say: 'Payout schedule saved.',
    next: PAGES.payouts,
  }),
};
