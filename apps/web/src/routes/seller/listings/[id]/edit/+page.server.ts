import { LISTING_MOVE_NAMES, LISTING_STATUSES } from '@assay/contract';
import { error, fail, redirect, type ActionFailure } from '@sveltejs/kit';
import { act } from '#lib/server/act.ts';
import { COUNTRIES } from '#lib/server/countries.ts';
import { failure, orError, unreadable, type FormFailure } from '#lib/server/failures.ts';
import { idOf, knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { imageActions, uploadForm } from '#lib/server/image-actions.ts';
import { listingValues, readListing } from '#lib/server/listing-form.ts';
import { ownRatings } from '#lib/server/own-store.ts';
import { MOVED_WORDS } from '#lib/features/listings/words.ts';
import type { Actions, PageServerLoad } from './$types';

const SAVED = ['changes', ...LISTING_STATUSES] as const;

function listingId(params: { id: string }): number {
  return idOf(params.id) ?? error(404, 'There is no such listing.');
}

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

/** What was typed stands against the version that is there now: whoever saves again wants theirs. */
function against(answer: ActionFailure<FormFailure>, version: number): ActionFailure<FormFailure> {
  return fail(answer.status, { ...answer.data, values: { ...answer.data.values, version: String(version) } });
}

export const actions: Actions = {
  ...imageActions,

  save: async (event) => {
    requireSignIn(event);
    const { listings } = event.locals.api;
    const id = listingId(event.params);
    const form = await event.request.formData();
    const read = readListing(form);
    if ('field' in read) return unreadable(read, form);
    let version = Number(form.get('version'));
    const publish = form.get('intent') === 'publish';
    try {
      ({ version } = await listings.edit.mutate({ id, version, ...read }));
      if (publish) await listings.move.mutate({ id, move: 'publish' });
    } catch (thrown) {
      const refused = failure(thrown, form);
      if (refused.data.code === 'EDIT_CONFLICT') ({ version } = await orError(listings.own.query({ id })));
      return against(refused, version);
    }
    redirect(303, `/seller/listings/${id}/edit?saved=${publish ? 'active' : 'changes'}`);
  },

  move: async (event) => {
    const id = listingId(event.params);
    const { api } = event.locals;
    const asked = event.url.searchParams.get('to');
    const move = LISTING_MOVE_NAMES.find((name) => name === asked) ?? error(400, 'This is not a move of a listing.');
    return act(event, {
      call: () => api.listings.move.mutate({ id, move }),
      done: `The listing ${MOVED_WORDS[move]}.`,
      next: `/seller/listings/${id}/edit`,
    });
  },

  discard: async (event) => {
    const id = listingId(event.params);
    return act(event, {
      call: () => event.locals.api.listings.deleteDraft.mutate({ id }),
      done: 'The draft is thrown away.',
      next: '/seller/listings',
    });
  },
};
