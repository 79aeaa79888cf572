import { PAGES } from '@assay/contract';
import { action } from '#lib/server/action.ts';
import { formOf, text } from '#lib/server/form.ts';
import { requireSignIn, safeNext } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

const nextOf = (url: URL) => safeNext(url.searchParams.get('next') ?? PAGES.account);

export const load: PageServerLoad = ({ locals, url }) => {
  requireSignIn({ locals, url });
  return { next: nextOf(url) };
};

export const actions = {
  default: action({
    read: formOf({ fullName: text }),
    call: (api, input) => api.wallets.rename.mutate(input),
    say: 'Name saved.',
    next: ({ event }) => nextOf(event.url),
  }),
};
