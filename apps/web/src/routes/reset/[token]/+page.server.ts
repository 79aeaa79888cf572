import { PAGES } from '@assay/contract';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, text } from '#lib/server/form.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
  // As for other links: the token stays on this site.
  setHeaders({ 'referrer-policy': 'same-origin', 'cache-control': 'no-store' });
  return { link: await orError(locals.api.signInChanges.reset.query({ token: params.token })) };
};

export const actions = {
  default: action({
    open: true,
    read: formOf({ password: text }),
    call: (api, { password }, { params }) => api.signInChanges.resetPassword.mutate({ token: params.token ?? '', password }),
    say: 'Password changed. Sign in with the new one.',
    next: PAGES.signIn,
  }),
};
