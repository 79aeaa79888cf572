import { CLEAR_SITE_DATA, PAGES } from '@assay/contract';
import { action } from '#lib/server/action.ts';
import { restFor } from '#lib/server/api.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf } from '#lib/server/form.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import { PROOF_FIELDS, withProof } from '#lib/server/owner-proof.ts';
import { passOnCookies } from '#lib/server/session.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const [ways, deletion] = await orError(Promise.all([locals.api.wallets.waysIn.query(), locals.api.privacy.deletion.query()]));
  return { ways, deletion };
};

export const actions = {
  default: action({
    read: formOf(PROOF_FIELDS),
    async call(api, input, event) {
      await api.privacy.deleteAccount.mutate(withProof(input));
      passOnCookies(await restFor(event, '/auth/logout'), event.cookies);
      event.setHeaders({ 'Clear-Site-Data': CLEAR_SITE_DATA });
    },
    say: 'Your account is deleted.',
    next: PAGES.home,
  }),
};
