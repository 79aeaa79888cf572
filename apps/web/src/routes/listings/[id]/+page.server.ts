import { categoryLine } from '@assay/contract';
import { error, redirect } from '@sveltejs/kit';
import { shippingLines } from '#lib/features/listings/words.ts';
import { originOf } from '#lib/server/api.ts';
import { failure, orError, staleSince } from '#lib/server/failures.ts';
import { idOf, requireSignIn } from '#lib/server/guards.ts';
import { countryName } from '#lib/server/countries.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { api } = locals;
  const id = idOf(params.id);
  if (id === null) error(404, 'There is no such listing.');
  const listing = await orError(api.listings.get.query({ id }));
  const [seller, images, tree] = await orError(
    Promise.all([
      api.sellers.get.query({ id: listing.sellerId }),
      api.images.of.query({ purpose: 'listing', subjectId: id }),
      api.categories.tree.query(),
    ]),
  );
  const line = categoryLine(listing.category);
  return {
    listing,
    seller,
    images,
    line: tree.items.filter(({ path }) => line.includes(path)),
    shipping: listing.shippingInfo ? shippingLines(listing.shippingInfo, listing.currency, countryName) : [],
    origin: originOf(url),
    staleSince: staleSince(locals),
  };
};

export const actions: Actions = {
  order: async (event) => {
    requireSignIn(event);
    const form = await event.request.formData();
    const listingId = idOf(event.params.id);
    if (listingId === null) error(404, 'There is no such listing.');
    const seen = Number(form.get('version')) || undefined;
    let orderId: number;
    try {
      orderId = (await event.locals.api.orders.place.mutate({ listingId, ...(seen ? { version: seen } : {}) })).id;
    } catch (thrown) {
      return failure(thrown, form);
    }
    redirect(303, `/orders/${orderId}`);
  },
};
