import { PAGES } from '@assay/contract';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, text } from '#lib/server/form.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import { PROOF_FIELDS, withProof } from '#lib/server/owner-proof.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const { secondFactor, wallets } = locals.api;
  const [factor, ways] = await orError(Promise.all([secondFactor.get.query(), wallets.waysIn.query()]));
  return { factor, ways, required: url.searchParams.has('required') };
};

export const actions = {
  begin: action({
    read: formOf(PROOF_FIELDS),
    call: (api, input) => api.secondFactor.begin.mutate(withProof(input)),
    next: PAGES.twoStep,
  }),
  confirm: action({
    read: formOf({ code: text }),
    call: (api, input) => api.secondFactor.confirm.mutate(input),
    show: ({ result: { codes } }) => ({ codes }),
  }),
  renew: action({
    read: formOf(PROOF_FIELDS),
    call: (api, input) => api.secondFactor.recoveryCodes.mutate(withProof(input)),
    show: ({ result: { codes } }) => ({ codes }),
  }),
  disable: action({
    read: formOf(PROOF_FIELDS),
    call: (api, input) => api.secondFactor.disable.mutate(withProof(input)),
    say: 'Two-step verification is off.',
    next: PAGES.account,
  }),
};
