import { LISTING_MOVE_NAMES, LISTING_SORTS, LISTING_STATUSES, PAGES } from '@assay/contract';
import { z } from 'zod';
import type { RequestEvent } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { BulkForm } from '#lib/server/bulk-form.ts';
import { COUNTRIES } from '#lib/server/countries.ts';
import { orError, typedValues } from '#lib/server/failures.ts';
import { formOf, text } from '#lib/server/form.ts';
import { idOf, knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { ownRatings } from '#lib/server/own-store.ts';
import { MOVED_LABELS } from '#lib/features/listings/labels.ts';
import { counted } from '#lib/format.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  const given = url.searchParams;
  const q = given.get('q')?.trim().slice(0, 100) ?? '';
  const status = LISTING_STATUSES.find((name) => name === given.get('status')) ?? null;
  const sort = LISTING_SORTS.find((name) => name === given.get('sort')) ?? 'updated';
  const cursor = given.get('cursor');
  const query = { sort, status: status || undefined, q: q || undefined, cursor: cursor || undefined };
  const [page, tree, ratings] = await orError(
    Promise.all([locals.api.listings.mine.query(query), locals.api.categories.tree.query(), ownRatings(locals.api, me)]),
  );
  return { ...page, ratings, q, status, sort, cursor, tree: tree.items, countries: COUNTRIES };
};

/** The form's tab, search and page. */
const backTo = ({ event: { url } }: { event: RequestEvent }) => {
  const rest = new URLSearchParams([...url.searchParams].filter(([name]) => !name.startsWith('/')));
  return `${PAGES.ownListings}${rest.size > 0 ? `?${rest}` : ''}`;
};

/** Shows what would change; or changes it, and shows which listings refuse it. */
const change = (preview: boolean) =>
  action({
    read: BulkForm,
    call: (api, input) => api.listings.bulkEdit.mutate({ ...input, preview }),
    show: ({ result, input, form }) =>
      preview || result.refused > 0 ? { result, ids: input.ids, values: typedValues(form), fields: {}, message: '', code: '' } : null,
    say: ({ result }) => `${counted(result.changed, 'listing')} changed.`,
    next: backTo,
    looks: preview,
  });

/** The button of one listing: "12:pause". */
const oneMove = text.transform((value, ctx) => {
  const [id, name] = value.split(':');
  const move = LISTING_MOVE_NAMES.find((known) => known === name);
  const listingId = idOf(id);
  if (move && listingId !== null) return { id: listingId, move };
  ctx.addIssue({ code: 'custom', message: 'Choose a listing and an action.' });
  return z.NEVER;
});

export const actions = {
  preview: change(true),
  apply: change(false),
  move: action({
    read: formOf({ one: oneMove }),
    call: (api, { one }) => api.listings.move.mutate(one),
    say: ({ input }) => `The listing ${MOVED_LABELS[input.one.move]}.`,
    next: backTo,
  }),
};
