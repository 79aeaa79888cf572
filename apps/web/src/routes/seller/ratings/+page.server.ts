import { PAGES } from '@assay/contract';
import { redirect } from '@sveltejs/kit';
import { filtersOf, receivedHref } from '#lib/features/ratings/received.ts';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, id, text } from '#lib/server/form.ts';
import { idOf, knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { logError } from '#lib/server/log.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  if (!me?.roles.includes('seller')) redirect(303, PAGES.dashboard);
  const { insights } = locals.api;
  const filters = filtersOf(url.searchParams);
  const { window, stars, withComment, unanswered, q, cursor } = filters;
  // Noted first: what is new is what came since the visit before this one.
  await insights.visit.mutate().catch((thrown: unknown) => {
    // The page works without it: only the next "since your last visit" starts too early.
    logError({ requestId: locals.requestId, err: String(thrown), msg: 'the visit was not noted' });
  });
  const [dashboard, received] = await orError(
    Promise.all([
      insights.dashboard.query({ window }),
      insights.received.query({
        stars: stars ?? undefined,
        withComment: withComment || undefined,
        unanswered: unanswered || undefined,
        q: q || undefined,
        cursor: cursor || undefined,
      }),
    ]),
  );
  return { dashboard, received, filters, replying: idOf(url.searchParams.get('reply')) };
};

export const actions = {
  reply: action({
    read: formOf({ ratingId: id, text }),
    call: (api, input) => api.insights.reply.mutate(input),
    say: 'Reply published. It does not change the score.',
    next: ({ input, event }) => receivedHref(filtersOf(event.url.searchParams), {}, `rating-${input.ratingId}`),
  }),
};
