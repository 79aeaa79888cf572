import { orError } from '#lib/server/failures.ts';
import { takeFlash } from '#lib/server/flash.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => ({
  theme: event.locals.theme,
  me: event.locals.signedIn ? await orError(event.locals.api.accounts.me.query()) : null,
  flash: takeFlash(event),
});
