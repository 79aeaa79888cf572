import { CLEAR_SITE_DATA, PAGES } from '@assay/contract';
import { action } from '#lib/server/action.ts';
import { restFor } from '#lib/server/api.ts';
import { orError } from '#lib/server/failures.ts';
import { checkbox, formOf, id, text } from '#lib/server/form.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import { PROOF_FIELDS, withProof } from '#lib/server/owner-proof.ts';
import { passOnCookies } from '#lib/server/session.ts';
import { verificationActions } from '#lib/server/verification-actions.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const { accounts, passkeys: keys, secondFactor, verification, wallets } = locals.api;
  const [sessions, ways, offer, factor, passkeys, passkeyOffer, { email }] = await orError(
    Promise.all([
      accounts.sessions.query(),
      wallets.waysIn.query(),
      wallets.offer.query(),
      secondFactor.get.query(),
      keys.list.query(),
      keys.offer.query(),
      verification.get.query(),
    ]),
  );
  return { sessions, ways, offer, factor, passkeys, passkeyOffer, email };
};

export const actions = {
  sendLink: verificationActions(PAGES.account).sendLink,
  signout: action({
    open: true,
    async call(_api, _input, event) {
      passOnCookies(await restFor(event, '/auth/logout'), event.cookies);
      event.setHeaders({ 'Clear-Site-Data': CLEAR_SITE_DATA });
    },
    say: 'You’re signed out.',
    next: PAGES.home,
  }),
  unlink: action({
    read: formOf({ address: text, signOutOthers: checkbox, ...PROOF_FIELDS }),
    call: (api, input) => api.wallets.unlink.mutate(withProof(input)),
    say: 'Wallet unlinked.',
    next: PAGES.account,
  }),
  removePasskey: action({
    read: formOf({ id, ...PROOF_FIELDS }),
    call: (api, input) => api.passkeys.remove.mutate(withProof(input)),
    say: 'Passkey removed.',
    next: PAGES.account,
  }),
  revoke: action({
    read: formOf({ id: text, ...PROOF_FIELDS }),
    call: (api, input) => api.accounts.revokeSession.mutate(withProof(input)),
    say: 'That device is signed out.',
    next: PAGES.account,
  }),
  revokeOthers: action({
    read: formOf(PROOF_FIELDS),
    call: (api, input) => api.accounts.revokeOtherSessions.mutate(withProof(input)),
    say: ({ result: { ended } }) => (ended === 0 ? 'You’re signed in on this device only.' : 'Your other devices are signed out.'),
    next: PAGES.account,
  }),
};
