import { PAGES } from '@assay/contract';
import { redirect } from '@sveltejs/kit';
import { orError } from '#lib/server/failures.ts';
import { safeNext } from '#lib/server/guards.ts';
import { cookiesOf } from '#lib/server/session.ts';
import { enterCode } from '#lib/server/sign-in-form.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url, cookies } = event;
  const next = safeNext(url.searchParams.get('next'));
  if (locals.signedIn) redirect(303, next);
  const query = next === PAGES.home ? '' : `next=${encodeURIComponent(next)}`;
  if (!cookies.get(cookiesOf(event).challenge)) redirect(303, query ? `${PAGES.signIn}?${query}` : PAGES.signIn);
  const { offered: passkeys } = await orError(locals.api.passkeys.offer.query());
  return { next, query, passkeys, recovery: url.searchParams.has('recovery') };
};

export const actions = { default: enterCode };
