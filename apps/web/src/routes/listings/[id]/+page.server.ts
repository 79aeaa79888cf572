import { categoryLine, PAGES } from '@assay/contract';
import { error } from '@sveltejs/kit';
import { shippingLines } from '#lib/features/listings/labels.ts';
import { action } from '#lib/server/action.ts';
import { originOf } from '#lib/server/api.ts';
import { orError, staleSince } from '#lib/server/failures.ts';
import { formOf, number } from '#lib/server/form.ts';
import { idOf } from '#lib/server/guards.ts';
import { countryName } from '#lib/server/countries.ts';
import type { PageServerLoad } from './$types';

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

export const actions = {
  basket: action({
    read: formOf({ quantity: number }),
    call: (api, { quantity }, { params }) =>
      api.basket.put.mutate({ listingId: idOf(params.id) ?? error(404, 'There is no such listing.'), quantity }),
    say: 'Added to your basket.',
    next: PAGES.basket,
  }),
  order: action({
    read: formOf({ version: number }),
    call: (api, { version }, { params }) =>
      api.orders.place.mutate({ listingId: idOf(params.id) ?? error(404, 'There is no such listing.'), version: version || undefined }),
    next: ({ result }) => PAGES.order(result.id),
  }),
};
