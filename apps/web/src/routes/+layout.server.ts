import { orError } from '#lib/server/failures.ts';
import { flagsFor } from '#lib/server/flags.ts';
import { takeFlash } from '#lib/server/flash.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  const { api, signedIn, theme } = event.locals;
  const [me, flags] = await Promise.all([signedIn ? orError(api.accounts.me.query()) : null, flagsFor(api)]);
  return { theme, me, flags, flash: takeFlash(event) };
};
