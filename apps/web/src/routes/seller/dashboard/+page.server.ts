import type { Currency } from '@assay/contract';
import { redirect } from '@sveltejs/kit';
import { failure, orError } from '#lib/server/failures.ts';
import { setFlash } from '#lib/server/flash.ts';
import { textOf } from '#lib/server/form.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent, depends }) => {
  depends('assay:store');
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  const tree = (await orError(locals.api.categories.tree.query())).items;
  if (!me?.roles.includes('seller'))
    return { tree, store: null, listings: [], sales: null, onboarding: null, followers: 0, welcome: false };
  const [store, listings, sales, onboarding, settings] = await orError(
    Promise.all([
      locals.api.sellers.get.query({ id: me.id }),
      locals.api.sellers.listings.query({ id: me.id }),
      locals.api.orders.list.query({ as: 'seller', limit: '5' }),
      locals.api.onboarding.get.query(),
      locals.api.stores.settings.query(),
    ]),
  );
  return { tree, store, listings, sales, onboarding, followers: settings.followers, welcome: url.searchParams.has('welcome') };
};

export const actions: Actions = {
  list: async (event) => {
    requireSignIn(event);
    const form = await event.request.formData();
    let listing;
    try {
      listing = await event.locals.api.listings.create.mutate({
        title: textOf(form, 'title'),
        description: textOf(form, 'description'),
        price: textOf(form, 'price'),
        currency: textOf(form, 'currency') as Currency,
        category: textOf(form, 'category'),
        publish: true,
      });
    } catch (thrown) {
      return failure(thrown, form);
    }
    // Who sells for the first time has a new role: the next token carries it.
    setFlash(event.cookies, { message: `“${listing.title.slice(0, 80)}” is for sale.` }, event.url.protocol === 'https:');
    redirect(303, `/listings/${listing.id}`);
  },
};
