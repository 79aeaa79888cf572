import { redirect } from '@sveltejs/kit';
import { failure, orError } from '#lib/server/failures.ts';
import { setFlash } from '#lib/server/flash.ts';
import type { Actions, PageServerLoad } from './$types';

/** Looking changes nothing: programmes open links before people do. Only the button confirms. */
export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
  // To nobody else; without any, a form says of itself that it comes from nowhere.
  setHeaders({ 'referrer-policy': 'same-origin', 'cache-control': 'no-store' });
  return { link: await orError(locals.api.verification.link.query({ token: params.token })) };
};

export const actions: Actions = {
  default: async ({ locals, params, cookies, url }) => {
    try {
      await locals.api.verification.confirm.mutate({ token: params.token });
    } catch (thrown) {
      return failure(thrown, new FormData());
    }
    setFlash(cookies, { message: 'Your e-mail address is confirmed.' }, url.protocol === 'https:');
    redirect(303, locals.signedIn ? '/account' : '/');
  },
};
