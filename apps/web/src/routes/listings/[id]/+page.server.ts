import { error, redirect } from '@sveltejs/kit';
import { failure, orError, staleSince } from '#lib/server/failures.ts';
import { idOf, requireSignIn } from '#lib/server/guards.ts';
import { imageActions, uploadForm } from '#lib/server/image-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, cookies }) => {
  const { api } = locals;
  const id = idOf(params.id);
  if (id === null) error(404, 'There is no such listing.');
  const listing = await orError(api.listings.get.query({ id }));
  const [seller, images] = await orError(
    Promise.all([api.sellers.get.query({ id: listing.sellerId }), api.images.of.query({ purpose: 'listing', subjectId: id })]),
  );
  return { listing, seller, images, upload: uploadForm({ cookies, url }), origin: url.origin, staleSince: staleSince(locals) };
};

export const actions: Actions = {
  ...imageActions,

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
