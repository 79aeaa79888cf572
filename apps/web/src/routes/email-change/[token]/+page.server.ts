import { PAGES } from '@assay/contract';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import type { PageServerLoad } from './$types';

/** Reading changes nothing: only the buttons confirm or refuse. */
export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
  setHeaders({ 'referrer-policy': 'same-origin', 'cache-control': 'no-store' });
  return { link: await orError(locals.api.signInChanges.emailLink.query({ token: params.token })) };
};

export const actions = {
  confirm: action({
    open: true,
    call: (api, _input, { params }) => api.signInChanges.confirmEmail.mutate({ token: params.token ?? '' }),
    say: ({ result }) =>
      result.changed ? 'Your e-mail address is changed.' : 'Confirmed. Now open the link we sent to your other address.',
    next: ({ event }) => (event.locals.signedIn ? PAGES.account : PAGES.home),
  }),
  refuse: action({
    open: true,
    call: (api, _input, { params }) => api.signInChanges.refuseEmail.mutate({ token: params.token ?? '' }),
    say: 'The change is cancelled. If you did not ask for it, set a new password.',
    next: PAGES.reset,
  }),
};
