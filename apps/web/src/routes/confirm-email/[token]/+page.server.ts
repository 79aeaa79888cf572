import { PAGES } from '@assay/contract';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import type { PageServerLoad } from './$types';

/** Reading changes nothing: mail scanners open links before people do. Only the button confirms. */
export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
  // The token stays on this site. With `no-referrer`, a form's Origin would be null, and Kit would refuse it.
  setHeaders({ 'referrer-policy': 'same-origin', 'cache-control': 'no-store' });
  return { link: await orError(locals.api.verification.link.query({ token: params.token })) };
};

export const actions = {
  default: action({
    open: true,
    call: (api, _input, { params }) => api.verification.confirm.mutate({ token: params.token ?? '' }),
    say: 'Your e-mail address is confirmed.',
    next: ({ event }) => (event.locals.signedIn ? PAGES.account : PAGES.home),
  }),
};
