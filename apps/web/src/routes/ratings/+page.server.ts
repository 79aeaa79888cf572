import { redirect } from '@sveltejs/kit';
import { failure, orError, refuse } from '#lib/server/failures.ts';
import { setFlash } from '#lib/server/flash.ts';
import { textOf } from '#lib/server/form.ts';
import { idOf, requireSignIn, safeNext } from '#lib/server/guards.ts';
import { ratingInput } from '#lib/server/rating-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const cursor = url.searchParams.get('cursor');
  const page = await orError(locals.api.ratings.mine.query(cursor ? { cursor } : {}));
  const editing = idOf(url.searchParams.get('edit'));
  const edited = page.items.find((rating) => rating.id === editing);
  const summary = edited ? await orError(locals.api.ratings.summary.query({ sellerId: edited.sellerId })) : null;
  return {
    ratings: page,
    cursor,
    editing: edited ? editing : null,
    editedSummary: summary,
    thanks: url.searchParams.get('thanks') === '1',
  };
};

const NO_SUCH = 'There is no such rating.';

export const actions: Actions = {
  edit: async (event) => {
    requireSignIn(event);
    const form = await event.request.formData();
    const id = idOf(form.get('id'));
    if (id === null) return refuse(404, NO_SUCH);
    try {
      await event.locals.api.ratings.edit.mutate({ id, ...ratingInput(form) });
    } catch (thrown) {
      return failure(thrown, form);
    }
    setFlash(
      event.cookies,
      { message: 'Changed. The score has moved, the history keeps what was there.' },
      event.url.protocol === 'https:',
    );
    redirect(303, `/ratings#rating-${id}`);
  },

  withdraw: async (event) => {
    requireSignIn(event);
    const form = await event.request.formData();
    const id = idOf(form.get('id'));
    if (id === null) return refuse(404, NO_SUCH);
    try {
      await event.locals.api.ratings.withdraw.mutate({ id });
    } catch (thrown) {
      return failure(thrown, form);
    }
    setFlash(
      event.cookies,
      { message: 'You withdrew your rating. The seller’s score was moved.', undo: { label: 'Put back', action: '/ratings?/restore', id } },
      event.url.protocol === 'https:',
    );
    redirect(303, '/ratings');
  },

  restore: async (event) => {
    requireSignIn(event);
    const form = await event.request.formData();
    const id = idOf(form.get('id'));
    if (id === null) return refuse(404, NO_SUCH);
    let restored;
    try {
      restored = await event.locals.api.ratings.restore.mutate({ id });
    } catch (thrown) {
      return failure(thrown, form);
    }
    setFlash(event.cookies, { message: 'Your rating is back.' }, event.url.protocol === 'https:');
    redirect(303, `/ratings#rating-${restored.id}`);
  },

  feedback: async (event) => {
    requireSignIn(event);
    const form = await event.request.formData();
    try {
      await event.locals.api.insights.feedback.mutate({ score: Number(textOf(form, 'score')) });
    } catch (thrown) {
      return failure(thrown, form);
    }
    setFlash(event.cookies, { message: 'Thank you for the answer.' }, event.url.protocol === 'https:');
    redirect(303, safeNext(textOf(form, 'next')));
  },
};
