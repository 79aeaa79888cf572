import { redirect } from '@sveltejs/kit';
import { filtersOf, receivedHref } from '#lib/features/ratings/received.ts';
import { failure, orError, refuse } from '#lib/server/failures.ts';
import { setFlash } from '#lib/server/flash.ts';
import { textOf } from '#lib/server/form.ts';
import { idOf, knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { logError } from '#lib/server/log.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  if (!me?.roles.includes('seller')) redirect(303, '/seller/dashboard');
  const { insights } = locals.api;
  const filters = filtersOf(url.searchParams);
  const { window, stars, withComment, unanswered, q, cursor } = filters;
  // Noted first: what is new is what came since the visit before this one.
  await insights.visit.mutate().catch((thrown: unknown) => {
    // The page is there all the same: only the next "since your last visit" begins too early.
    logError({ requestId: locals.requestId, err: String(thrown), msg: 'the visit was not noted' });
  });
  const [dashboard, received] = await orError(
    Promise.all([
      insights.dashboard.query({ window }),
      insights.received.query({
        ...(stars ? { stars } : {}),
        ...(withComment ? { withComment } : {}),
        ...(unanswered ? { unanswered } : {}),
        ...(q ? { q } : {}),
        ...(cursor ? { cursor } : {}),
      }),
    ]),
  );
  return { dashboard, received, filters, replying: idOf(url.searchParams.get('reply')) };
};

export const actions: Actions = {
  reply: async (event) => {
    requireSignIn(event);
    const form = await event.request.formData();
    const ratingId = idOf(form.get('ratingId'));
    if (ratingId === null) return refuse(404, 'There is no such rating.');
    try {
      await event.locals.api.insights.reply.mutate({ ratingId, text: textOf(form, 'text') });
    } catch (thrown) {
      return failure(thrown, form);
    }
    setFlash(event.cookies, { message: 'Your reply is public. The score did not change.' }, event.url.protocol === 'https:');
    redirect(303, receivedHref(filtersOf(event.url.searchParams), {}, `rating-${ratingId}`));
  },
};
