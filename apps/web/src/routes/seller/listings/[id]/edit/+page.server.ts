import { LISTING_MOVE_NAMES, LISTING_STATUSES, PAGES } from '@assay/contract';
import { error, type RequestEvent } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { COUNTRIES } from '#lib/server/countries.ts';
import { orError } from '#lib/server/failures.ts';
import { idOf, knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { imageActions, uploadForm } from '#lib/server/image-actions.ts';
import { ListingForm, listingValues } from '#lib/server/listing-form.ts';
import { ownRatings } from '#lib/server/own-store.ts';
import { MOVED_LABELS } from '#lib/features/listings/labels.ts';
import type { PageServerLoad } from './$types';

const SAVED = ['changes', ...LISTING_STATUSES] as const;

const listingId = (params: { id?: string }): number => idOf(params.id) ?? error(404, 'There is no such listing.');
const moveOf = ({ url }: RequestEvent) =>
  LISTING_MOVE_NAMES.find((name) => name === url.searchParams.get('to')) ?? error(400, 'A listing has no such action.');
const page = ({ event }: { event: RequestEvent }) => PAGES.editListing(listingId(event.params));

export const load: PageServerLoad = async ({ locals, params, url, cookies, parent }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  const { api } = locals;
  const id = listingId(params);
  const [listing, images, tree, ratings] = await orError(
    Promise.all([
      api.listings.own.query({ id }),
      api.images.of.query({ purpose: 'listing', subjectId: id }),
      api.categories.tree.query(),
      ownRatings(api, me),
    ]),
  );
  return {
    listing,
    ratings,
    images,
    tree: tree.items,
    countries: COUNTRIES,
    current: listingValues(listing),
    saved: SAVED.find((word) => word === url.searchParams.get('saved')) ?? null,
    upload: uploadForm({ cookies, url }),
  };
};

/** Saves the listing, then publishes it where that was asked for. The version moves on even where publishing is refused. */
async function save(event: RequestEvent) {
  let saved: number | undefined;
  const id = listingId(event.params);
  return action({
    read: ListingForm,
    async call({ listings }, { listing, version, publish }) {
      ({ version: saved } = await listings.edit.mutate({ id, version, ...listing }));
      if (publish) await listings.move.mutate({ id, move: 'publish' });
    },
    // After a conflict, saving again replaces the version that is stored now.
    async refused({ code, values }) {
      if (code === 'EDIT_CONFLICT') ({ version: saved } = await orError(event.locals.api.listings.own.query({ id })));
      return { version: saved === undefined ? (values.version ?? '') : String(saved) };
    },
    next: ({ input }) => `${PAGES.editListing(id)}?saved=${input.publish ? 'active' : 'changes'}`,
  })(event);
}

export const actions = {
  ...imageActions,
  save,
  move: action({
    call: (api, _input, event) => api.listings.move.mutate({ id: listingId(event.params), move: moveOf(event) }),
    say: ({ event }) => `The listing ${MOVED_LABELS[moveOf(event)]}.`,
    next: page,
  }),
  discard: action({
    call: (api, _input, { params }) => api.listings.deleteDraft.mutate({ id: listingId(params) }),
    say: 'Draft deleted.',
    next: PAGES.ownListings,
  }),
};
