import { redirect } from '@sveltejs/kit';
import { act } from '#lib/server/act.ts';
import { restFor } from '#lib/server/api.ts';
import { failure, orError, refuse } from '#lib/server/failures.ts';
import { textOf } from '#lib/server/form.ts';
import { setFlash } from '#lib/server/flash.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import { passOnCookies } from '#lib/server/session.ts';
import { verificationActions } from '#lib/server/verification-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const { accounts, verification, wallets } = locals.api;
  const [sessions, ways, offer, { email }] = await orError(
    Promise.all([accounts.sessions.query(), wallets.waysIn.query(), wallets.offer.query(), verification.get.query()]),
  );
  return { sessions, ways, offer, email };
};

export const actions: Actions = {
  sendLink: verificationActions('/account').sendLink,
  signout: async (event) => {
    passOnCookies(await restFor(event, '/auth/logout'), event.cookies);
    setFlash(event.cookies, { message: 'You are signed out.' }, event.url.protocol === 'https:');
    redirect(303, '/');
  },
  unlink: (event) =>
    act(event, {
      call: (form) => event.locals.api.wallets.unlink.mutate({ address: textOf(form, 'address') }),
      done: 'That wallet is unlinked.',
      next: '/account',
    }),
  revoke: async (event) => {
    requireSignIn(event);
    const form = await event.request.formData();
    const id = form.get('id');
    if (typeof id !== 'string') return refuse(400, 'That is not one of your devices.');
    try {
      await event.locals.api.accounts.revokeSession.mutate({ id });
    } catch (thrown) {
      return failure(thrown, form);
    }
    setFlash(event.cookies, { message: 'That device is signed out.' }, event.url.protocol === 'https:');
    redirect(303, '/account');
  },
};
