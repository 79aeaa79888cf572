import { redirect } from '@sveltejs/kit';
import { orError } from '#lib/server/failures.ts';
import { safeNext } from '#lib/server/guards.ts';
import { openSessionWith } from '#lib/server/sign-in-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const next = safeNext(url.searchParams.get('next'));
  if (locals.signedIn) redirect(303, next);
  return { next, offer: await orError(locals.api.wallets.offer.query()) };
};

export const actions: Actions = {
  default: (event) => openSessionWith(event, '/auth/login', ['email', 'password']),
};
