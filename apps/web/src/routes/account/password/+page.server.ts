import { act } from '#lib/server/act.ts';
import { orError } from '#lib/server/failures.ts';
import { textOf } from '#lib/server/form.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  return { ways: await orError(locals.api.wallets.waysIn.query()) };
};

export const actions: Actions = {
  set: (event) =>
    act(event, {
      call: (form) => {
        const [email, current] = [textOf(form, 'email'), textOf(form, 'current')];
        const input = { password: textOf(form, 'password'), ...(email ? { email } : {}), ...(current ? { current } : {}) };
        return event.locals.api.wallets.setPassword.mutate(input);
      },
      done: 'E-mail and password are saved.',
      next: '/account',
    }),
  remove: (event) =>
    act(event, {
      call: (form) => event.locals.api.wallets.removePassword.mutate({ current: textOf(form, 'current') }),
      done: 'E-mail and password are taken off. Sign in with your wallet from now on.',
      next: '/account',
    }),
};
