import { PAGES } from '@assay/contract';
import { redirect } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, number, text } from '#lib/server/form.ts';
import { idOf, knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { imageActions, uploadForm } from '#lib/server/image-actions.ts';
import { accentOf } from '#lib/features/stores/accent.ts';
import type { PageServerLoad } from './$types';

/** Listings to choose from at a time. */
const CHOICE = 24;

export const load: PageServerLoad = async ({ locals, url, parent, cookies, depends }) => {
  depends('assay:store');
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  if (!me?.roles.includes('seller')) redirect(303, PAGES.dashboard); // where a store is opened
  const { api } = locals;
  const from = url.searchParams.get('listings');
  const [seller, settings, listings, cover] = await orError(
    Promise.all([
      api.sellers.get.query({ id: me.id }),
      api.stores.settings.query(),
      api.stores.listings.query({ sellerId: me.id, limit: CHOICE, cursor: from || undefined }),
      api.images.of.query({ purpose: 'cover', subjectId: me.id }),
    ]),
  );
  return { seller, settings, listings, from, cover, upload: uploadForm({ cookies, url }) };
};

const StoreForm = formOf({
  about: text,
  shippingPolicy: text,
  returnsPolicy: text,
  contactPolicy: text,
  version: number,
  accent: text,
  own: text,
  nearest: text,
}).transform(({ accent, own, nearest, ...store }) => ({ ...store, accent: nearest || accentOf(accent || 'none', own) }));

/** Ids with commas between them; NaN for what is none, which the API refuses. */
const idList = text.transform((value) =>
  value
    .split(',')
    .filter(Boolean)
    .map((id) => idOf(id) ?? NaN),
);

export const actions = {
  ...imageActions,
  save: action({
    read: StoreForm,
    call: (api, input) => api.stores.save.mutate(input),
    say: 'Store saved.',
    next: PAGES.store,
  }),
  vacation: action({
    read: formOf({ closedUntil: text }),
    call: (api, { closedUntil }) => api.stores.vacation.mutate({ closedUntil: closedUntil || null }),
    say: ({ result }) => (result.closedUntil ? 'Store closed.' : 'Store reopened.'),
    next: `${PAGES.store}#vacation`,
  }),
  feature: action({
    read: formOf({ listingIds: idList }),
    call: (api, input) => api.stores.feature.mutate(input),
    say: ({ input }) => (input.listingIds.length === 0 ? 'No listings are featured now.' : 'Featured listings saved.'),
    next: `${PAGES.store}#featured`,
  }),
};
