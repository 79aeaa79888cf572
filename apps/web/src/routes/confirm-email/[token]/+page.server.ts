import { PAGES } from '@assay/contract';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import type { PageServerLoad } from './$types';

/** Looking changes nothing: programmes open links before people do. Only the button confirms. */
export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
  // To nobody else; without any, a form says of itself that it comes from nowhere.
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
