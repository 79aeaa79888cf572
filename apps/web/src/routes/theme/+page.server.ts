import { PAGES } from '@assay/contract';
import { redirect } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { formOf, text } from '#lib/server/form.ts';
import { safeNext } from '#lib/server/guards.ts';
import { cookiesOf, isSecure } from '#lib/server/session.ts';
import type { PageServerLoad } from './$types';

const YEAR_S = 365 * 24 * 3600;

export const load: PageServerLoad = () => redirect(303, PAGES.home);

export const actions = {
  default: action({
    open: true,
    read: formOf({ theme: text, next: text }),
    call(_api, { theme }, event) {
      const options = { path: '/', sameSite: 'lax', httpOnly: true, secure: isSecure(event), maxAge: YEAR_S } as const;
      if (theme === 'light' || theme === 'dark') event.cookies.set(cookiesOf(event).theme, theme, options);
      else event.cookies.delete(cookiesOf(event).theme, options);
      return Promise.resolve();
    },
    next: ({ input }) => safeNext(input.next),
  }),
};
