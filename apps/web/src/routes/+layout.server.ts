import { apiErrorOf, type ApiClient } from '@assay/client';
import type { OwnAccount } from '@assay/contract';
import { newOnce } from '#lib/once.ts';
import { flagsFor } from '#lib/server/flags.ts';
import { takeFlash } from '#lib/server/flash.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  const { api, signedIn, theme } = event.locals;
  const [who, flags, basketCount, unreadThreads] = await Promise.all([
    signedIn ? whoIs(api) : { me: null, away: false },
    flagsFor(api),
    signedIn ? basketCountOf(api) : 0,
    signedIn ? unreadThreadsOf(api) : 0,
  ]);
  return { theme, ...who, flags, basketCount, unreadMessages: unreadThreads, flash: takeFlash(event), once: newOnce() };
};

/** Units in the basket; none while the API does not answer. */
const basketCountOf = (api: ApiClient): Promise<number> =>
  api.basket.count.query().then(
    ({ count }) => count,
    () => 0,
  );

/** Conversations with unread messages; none while the API does not answer. */
const unreadThreadsOf = (api: ApiClient): Promise<number> =>
  api.messages.unread.query().then(
    ({ threads }) => threads,
    () => 0,
  );

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
