import { redirect } from '@sveltejs/kit';
import { orError } from '#lib/server/failures.ts';
import { safeNext } from '#lib/server/guards.ts';
import { signIn } from '#lib/server/sign-in-form.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const next = safeNext(url.searchParams.get('next'));
  if (locals.signedIn) redirect(303, next);
  const { passkeys, wallets } = locals.api;
  const [offer, passkeyOffer] = await orError(Promise.all([wallets.offer.query(), passkeys.offer.query()]));
  return { next, offer, passkeyOffer };
};

export const actions = { default: signIn };
