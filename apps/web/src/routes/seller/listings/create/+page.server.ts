import { redirect } from '@sveltejs/kit';
import { COUNTRIES } from '#lib/server/countries.ts';
import { failure, orError, unreadable } from '#lib/server/failures.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { readImages, readListing } from '#lib/server/listing-form.ts';
import { ownRatings } from '#lib/server/own-store.ts';
import { firstValues } from '#lib/server/new-listing.ts';
import type { Actions, PageServerLoad } from './$types';

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

export const actions: Actions = {
  save: async (event) => {
    requireSignIn(event);
    const form = await event.request.formData();
    const read = readListing(form);
    if ('field' in read) return unreadable(read, form);
    const { price, ...listing } = read;
    const publish = form.get('intent') === 'publish';
    let id: number;
    try {
      const input = { ...listing, ...(price === null ? {} : { price }), images: readImages(form), publish };
      ({ id } = await event.locals.api.listings.create.mutate(input));
    } catch (thrown) {
      return failure(thrown, form);
    }
    redirect(303, `/seller/listings/${id}/edit?saved=${publish ? 'active' : 'draft'}`);
  },
};
