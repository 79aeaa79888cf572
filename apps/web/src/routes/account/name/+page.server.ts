import { act } from '#lib/server/act.ts';
import { requireSignIn, safeNext } from '#lib/server/guards.ts';
import { textOf } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

const nextOf = (url: URL) => safeNext(url.searchParams.get('next') ?? '/account');

export const load: PageServerLoad = ({ locals, url }) => {
  requireSignIn({ locals, url });
  return { next: nextOf(url) };
};

export const actions: Actions = {
  default: (event) =>
    act(event, {
      call: (form) => event.locals.api.wallets.rename.mutate({ fullName: textOf(form, 'fullName') }),
      done: 'Your name is saved.',
      next: nextOf(event.url),
    }),
};
