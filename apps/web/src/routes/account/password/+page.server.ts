import { PAGES } from '@assay/contract';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, optionalText, text } from '#lib/server/form.ts';
import { PROOF_FIELDS, withProof } from '#lib/server/owner-proof.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  return { ways: await orError(locals.api.wallets.waysIn.query()) };
};

export const actions = {
  set: action({
    read: formOf({ password: text, email: optionalText, ...PROOF_FIELDS }),
    call: (api, input) => api.wallets.setPassword.mutate(withProof(input)),
    say: 'E-mail and password saved.',
    next: PAGES.account,
  }),
  remove: action({
    read: formOf(PROOF_FIELDS),
    call: (api, input) => api.wallets.removePassword.mutate(withProof(input)),
    say: 'E-mail and password removed. Sign in with your wallet from now on.',
    next: PAGES.account,
  }),
};
