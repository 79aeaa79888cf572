import { redirect } from '@sveltejs/kit';
import { act } from '#lib/server/act.ts';
import { orError } from '#lib/server/failures.ts';
import { textOf } from '#lib/server/form.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { payoutOf } from '#lib/server/payout-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  if (!me?.roles.includes('seller')) redirect(303, '/seller/onboarding');
  const { api } = locals;
  const [seller, payout, ways] = await orError(
    Promise.all([api.sellers.get.query({ id: me.id }), api.payout.get.query(), api.wallets.waysIn.query()]),
  );
  return { ratings: seller.summary?.totalRatings ?? null, payout, wallets: ways.wallets };
};

export const actions: Actions = {
  payout: (event) =>
    act(event, {
      call: (form) => event.locals.api.payout.save.mutate(payoutOf(form)),
      done: 'Saved. You get an e-mail about it.',
      next: '/seller/payout',
    }),
  remove: (event) =>
    act(event, {
      call: (form) => {
        const current = textOf(form, 'current');
        return event.locals.api.payout.remove.mutate(current ? { current } : {});
      },
      done: 'Your payout details are deleted.',
      next: '/seller/payout',
    }),
};
