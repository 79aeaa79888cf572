import { redirect } from '@sveltejs/kit';
import { textOf } from '#lib/server/form.ts';
import { safeNext } from '#lib/server/guards.ts';
import { COOKIES } from '#lib/server/session.ts';
import type { Actions, PageServerLoad } from './$types';

const YEAR_S = 365 * 24 * 3600;

export const load: PageServerLoad = () => redirect(303, '/');

export const actions: Actions = {
  default: async ({ request, cookies, url }) => {
    const form = await request.formData();
    const theme = form.get('theme');
    const options = { path: '/', sameSite: 'lax', httpOnly: true, secure: url.protocol === 'https:', maxAge: YEAR_S } as const;
    if (theme === 'light' || theme === 'dark') cookies.set(COOKIES.theme, theme, options);
    else cookies.delete(COOKIES.theme, options);
    redirect(303, safeNext(textOf(form, 'next')));
  },
};
