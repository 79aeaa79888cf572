import { PAGES, TaxDetailsInput } from '@assay/contract';
import { redirect } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { COUNTRIES } from '#lib/server/countries.ts';
import { orError } from '#lib/server/failures.ts';
import { inputOf, text } from '#lib/server/form.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  if (!me?.roles.includes('seller')) redirect(303, PAGES.onboarding);
  const { api } = locals;
  const [seller, { details }] = await orError(Promise.all([api.sellers.get.query({ id: me.id }), api.fees.taxDetails.query()]));
  return { ratings: seller.summary?.totalRatings ?? null, details, countries: COUNTRIES };
};

export const actions = {
  save: action({
    read: inputOf(TaxDetailsInput, { name: text, address: text, country: text, vatNumber: text }),
    call: (api, input) => api.fees.saveTaxDetails.mutate(input),
    say: 'Invoice details saved.',
    next: PAGES.invoices,
  }),
};
