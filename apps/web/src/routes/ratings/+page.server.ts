import { PAGES } from '@assay/contract';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, id, number, text } from '#lib/server/form.ts';
import { idOf, requireSignIn, safeNext } from '#lib/server/guards.ts';
import { EditRatingForm } from '#lib/server/rating-form.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const cursor = url.searchParams.get('cursor');
  const { ratings } = locals.api;
  const [page, withdrawn] = await orError(
    Promise.all([ratings.mine.query(cursor ? { cursor } : {}), cursor ? [] : ratings.withdrawn.query()]),
  );
  const editing = idOf(url.searchParams.get('edit'));
  const edited = page.items.find((rating) => rating.id === editing);
  const summary = edited ? await orError(ratings.summary.query({ sellerId: edited.sellerId })) : null;
  return {
    ratings: page,
    withdrawn,
    cursor,
    editing: edited ? editing : null,
    editedSummary: summary,
    thanks: url.searchParams.get('thanks') === '1',
  };
};

const read = formOf({ id });

export const actions = {
  edit: action({
    read: EditRatingForm,
    call: (api, input) => api.ratings.edit.mutate(input),
    say: 'Rating changed. The score is updated; the history keeps the earlier version.',
    next: ({ input }) => PAGES.ownRating(input.id),
  }),
  withdraw: action({
    read,
    call: (api, input) => api.ratings.withdraw.mutate(input),
    say: 'Rating withdrawn. The score is updated.',
    undo: ({ input }) => ({ label: 'Undo', action: `${PAGES.ratings}?/restore`, id: input.id }),
    next: PAGES.ratings,
  }),
  restore: action({
    read,
    call: (api, input) => api.ratings.restore.mutate(input),
    say: 'Rating restored.',
    next: ({ result }) => PAGES.ownRating(result.id),
  }),
  feedback: action({
    read: formOf({ score: number, next: text }),
    call: (api, { score }) => api.insights.feedback.mutate({ score }),
    say: 'Thank you for your feedback.',
    next: ({ input }) => safeNext(input.next),
  }),
};
