import { PAGES } from '@assay/contract';
import { action } from '#lib/server/action.ts';
import { restFor } from '#lib/server/api.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, text } from '#lib/server/form.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import { passOnCookies } from '#lib/server/session.ts';
import { verificationActions } from '#lib/server/verification-actions.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const { accounts, verification, wallets } = locals.api;
  const [sessions, ways, offer, { email }] = await orError(
    Promise.all([accounts.sessions.query(), wallets.waysIn.query(), wallets.offer.query(), verification.get.query()]),
  );
  return { sessions, ways, offer, email };
};

export const actions = {
  sendLink: verificationActions(PAGES.account).sendLink,
  signout: action({
    open: true,
    call: async (_api, _input, event) => passOnCookies(await restFor(event, '/auth/logout'), event.cookies),
    say: 'You’re signed out.',
    next: PAGES.home,
  }),
  unlink: action({
    read: formOf({ address: text }),
    call: (api, input) => api.wallets.unlink.mutate(input),
    say: 'Wallet unlinked.',
    next: PAGES.account,
  }),
  revoke: action({
    read: formOf({ id: text }),
    call: (api, input) => api.accounts.revokeSession.mutate(input),
    say: 'That device is signed out.',
    next: PAGES.account,
  }),
};
