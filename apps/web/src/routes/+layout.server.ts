import { orError } from '#lib/server/failures.ts';
import { takeFlash } from '#lib/server/flash.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, cookies, url }) => ({
  theme: locals.theme,
  me: locals.signedIn ? await orError(locals.api.accounts.me.query()) : null,
  flash: takeFlash(cookies, url.protocol === 'https:'),
});
