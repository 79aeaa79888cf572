import { apiErrorOf, type ApiClient } from '@assay/client';
import type { OwnAccount } from '@assay/contract';
import { newOnce } from '#lib/once.ts';
import { flagsFor } from '#lib/server/flags.ts';
import { takeFlash } from '#lib/server/flash.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  const { api, signedIn, theme } = event.locals;
  const [who, flags] = await Promise.all([signedIn ? whoIs(api) : { me: null, away: false }, flagsFor(api)]);
  return { theme, ...who, flags, flash: takeFlash(event), once: newOnce() };
};

/** The signed-in account. The page itself shows what goes wrong, within this frame. */
async function whoIs(api: ApiClient): Promise<{ me: OwnAccount | null; away: boolean }> {
  try {
    return { me: await api.accounts.me.query(), away: false };
  } catch (thrown) {
    const known = apiErrorOf(thrown);
    if (!known) throw thrown;
    return { me: null, away: known.status >= 500 };
  }
}
