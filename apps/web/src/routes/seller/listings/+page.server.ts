import { LISTING_MOVE_NAMES, LISTING_SORTS, LISTING_STATUSES, type BulkEditResult } from '@assay/contract';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { act } from '#lib/server/act.ts';
import { readChange, readIds } from '#lib/server/bulk-form.ts';
import { COUNTRIES } from '#lib/server/countries.ts';
import { failure, orError, typedValues, unreadable } from '#lib/server/failures.ts';
import { textOf } from '#lib/server/form.ts';
import { setFlash } from '#lib/server/flash.ts';
import { idOf, knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { ownRatings } from '#lib/server/own-store.ts';
import { MOVED_WORDS } from '#lib/features/listings/words.ts';
import { counted } from '#lib/format.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  const given = url.searchParams;
  const q = given.get('q')?.trim().slice(0, 100) ?? '';
  const status = LISTING_STATUSES.find((name) => name === given.get('status')) ?? null;
  const sort = LISTING_SORTS.find((name) => name === given.get('sort')) ?? 'updated';
  const cursor = given.get('cursor');
  const query = { sort, ...(status ? { status } : {}), ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) };
  const [page, tree, ratings] = await orError(
    Promise.all([locals.api.listings.mine.query(query), locals.api.categories.tree.query(), ownRatings(locals.api, me)]),
  );
  return { ...page, ratings, q, status, sort, cursor, tree: tree.items, countries: COUNTRIES };
};

/** Where the form was: the same tab, search and page. */
const backTo = ({ url }: RequestEvent) => {
  const rest = new URLSearchParams([...url.searchParams].filter(([name]) => !name.startsWith('/')));
  return `/seller/listings${rest.size > 0 ? `?${rest}` : ''}`;
};

/** Asks what would change, or changes it. */
async function change(event: RequestEvent, preview: boolean) {
  requireSignIn(event);
  const form = await event.request.formData();
  const ids = readIds(form);
  if (ids.length === 0) return unreadable({ field: 'id', message: 'Tick the listings first.' }, form);
  const read = readChange(form);
  if ('field' in read) return unreadable(read, form);
  let result: BulkEditResult;
  try {
    result = await event.locals.api.listings.bulkEdit.mutate({ ids, change: read, preview });
  } catch (thrown) {
    return failure(thrown, form);
  }
  if (!preview && result.refused === 0) {
    setFlash(event.cookies, { message: `${counted(result.changed, 'listing')} changed.` }, event.url.protocol === 'https:');
    redirect(303, backTo(event));
  }
  return { result, ids, values: typedValues(form), fields: {} as Record<string, string>, message: '', code: '' };
}

export const actions: Actions = {
  preview: (event) => change(event, true),
  apply: (event) => change(event, false),

  move: (event) =>
    act(event, {
      call: (form) => {
        const [id, name] = textOf(form, 'one').split(':');
        const move = LISTING_MOVE_NAMES.find((known) => known === name);
        const listing = idOf(id);
        if (!move || listing === null) error(400, 'This is not a move of a listing.');
        return event.locals.api.listings.move.mutate({ id: listing, move });
      },
      done: `The listing ${MOVED_WORDS[LISTING_MOVE_NAMES.find((name) => name === event.url.searchParams.get('as')) ?? 'resume']}.`,
      next: backTo(event),
    }),
};
