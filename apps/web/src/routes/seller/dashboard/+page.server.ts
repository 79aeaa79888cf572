import { orError } from '#lib/server/failures.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent, depends }) => {
  depends('assay:store');
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  if (!me?.roles.includes('seller')) return { store: null, listings: null, sales: null, onboarding: null, followers: 0, welcome: false };
  const [store, listings, sales, onboarding, settings] = await orError(
    Promise.all([
      locals.api.sellers.get.query({ id: me.id }),
      locals.api.listings.mine.query({ limit: 5 }),
      locals.api.orders.list.query({ as: 'seller', limit: 5 }),
      locals.api.onboarding.get.query(),
      locals.api.stores.settings.query(),
    ]),
  );
  return { store, listings, sales, onboarding, followers: settings.followers, welcome: url.searchParams.has('welcome') };
};
