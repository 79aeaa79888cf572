import { PAGES } from '@assay/contract';
import { redirect } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, text } from '#lib/server/form.ts';
import { PROOF_FIELDS, withProof } from '#lib/server/owner-proof.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const { signInChanges, verification, wallets } = locals.api;
  const [ways, { email }, open] = await orError(
    Promise.all([wallets.waysIn.query(), verification.get.query(), signInChanges.openEmail.query()]),
  );
  if (!ways.email) redirect(303, PAGES.accountPassword);
  return { ways, isConfirmed: email.state === 'verified', newEmail: open.newEmail };
};

export const actions = {
  default: action({
    read: formOf({ email: text, ...PROOF_FIELDS }),
    call: (api, input) => api.signInChanges.requestEmail.mutate(withProof(input)),
    next: PAGES.accountEmail,
  }),
};
