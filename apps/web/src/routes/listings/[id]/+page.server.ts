import { error, redirect } from '@sveltejs/kit';
import { failure, orError } from '#lib/server/failures.ts';
import { idOf, requireSignIn } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api }, params, url }) => {
  const id = idOf(params.id);
  if (id === null) error(404, 'There is no such listing.');
  const listing = await orError(api.listings.get.query({ id }));
  const seller = await orError(api.sellers.get.query({ id: listing.sellerId }));
  return { listing, seller, origin: url.origin };
};

export const actions: Actions = {
  order: async (event) => {
    requireSignIn(event);
    const form = await event.request.formData();
    const listingId = idOf(event.params.id);
    if (listingId === null) error(404, 'There is no such listing.');
    let orderId: number;
    try {
      orderId = (await event.locals.api.orders.place.mutate({ listingId })).id;
    } catch (thrown) {
      return failure(thrown, form);
    }
    redirect(303, `/orders/${orderId}`);
  },
};
