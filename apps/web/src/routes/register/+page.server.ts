import { redirect } from '@sveltejs/kit';
import { safeNext } from '#lib/server/guards.ts';
import { openSessionWith } from '#lib/server/sign-in-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  const next = safeNext(url.searchParams.get('next'));
  if (locals.signedIn) redirect(303, next);
  return { next };
};

export const actions: Actions = {
  default: (event) => openSessionWith(event, '/auth/register', ['fullName', 'email', 'password']),
};
