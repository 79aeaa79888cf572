import { PAGES } from '@assay/contract';
import { redirect } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { COUNTRIES } from '#lib/server/countries.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf } from '#lib/server/form.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { PROOF_FIELDS, withProof } from '#lib/server/owner-proof.ts';
import { payoutAccountActions } from '#lib/server/payout-account-actions.ts';
import { PayoutForm } from '#lib/server/payout-form.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  if (!me?.roles.includes('seller')) redirect(303, PAGES.onboarding);
  const { api } = locals;
  const [seller, payout, payoutAccount, ways] = await orError(
    Promise.all([api.sellers.get.query({ id: me.id }), api.payout.get.query(), api.payoutAccount.get.query(), api.wallets.waysIn.query()]),
  );
  const countries = payoutAccount.offered && !payoutAccount.account ? COUNTRIES : [];
  return { ratings: seller.summary?.totalRatings ?? null, payout, payoutAccount, countries, wallets: ways.wallets };
};

export const actions = {
  ...payoutAccountActions(PAGES.payout),
  payout: action({
    read: PayoutForm,
    call: (api, input) => api.payout.save.mutate(input),
    say: 'Payout details saved.',
    next: PAGES.payout,
  }),
  remove: action({
    read: formOf(PROOF_FIELDS),
    call: (api, input) => api.payout.remove.mutate(withProof(input)),
    say: 'Payout details deleted.',
    next: PAGES.payout,
  }),
};
