import { redirect } from '@sveltejs/kit';
import { orError } from '#lib/server/failures.ts';
import { safeNext } from '#lib/server/guards.ts';
import { signIn } from '#lib/server/sign-in-form.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const next = safeNext(url.searchParams.get('next'));
  if (locals.signedIn) redirect(303, next);
  return { next, offer: await orError(locals.api.wallets.offer.query()) };
};

export const actions = { default: signIn };
