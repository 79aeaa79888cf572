import { PAGES } from '@assay/contract';
import { action } from '#lib/server/action.ts';
import { COUNTRIES } from '#lib/server/countries.ts';
import { orError } from '#lib/server/failures.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { ListingForm } from '#lib/server/listing-form.ts';
import { ownRatings } from '#lib/server/own-store.ts';
import { firstValues } from '#lib/server/new-listing.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  const { api } = locals;
  const [tree, begin, { maxBytes }, ratings] = await orError(
    Promise.all([
      api.categories.tree.query(),
      firstValues(api),
      api.images.of.query({ purpose: 'profile', subjectId: me?.id ?? 1 }), // says how large a picture may be
      ownRatings(api, me),
    ]),
  );
  return { tree: tree.items, countries: COUNTRIES, begin, maxBytes, ratings };
};

export const actions = {
  save: action({
    read: ListingForm,
    call: (api, { listing, images, publish }) =>
      api.listings.create.mutate({ ...listing, price: listing.price ?? undefined, images, publish }),
    next: ({ input, result }) => `${PAGES.editListing(result.id)}?saved=${input.publish ? 'active' : 'draft'}`,
  }),
};
