import { PAGES, ReportRatingInput } from '@assay/contract';
import { error } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { inputOf, text } from '#lib/server/form.ts';
import { idOf, requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

const NO_SUCH = 'There is no such rating.';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  requireSignIn({ locals, url });
  const id = idOf(params.id);
  if (id === null) error(404, NO_SUCH);
  const sellerId = idOf(url.searchParams.get('seller'));
  const [versions, seller] = await orError(
    Promise.all([locals.api.ratings.history.query({ id }), sellerId === null ? null : locals.api.sellers.get.query({ id: sellerId })]),
  );
  const [first, last] = [versions[0], versions.at(-1)];
  if (!first || !last) error(404, NO_SUCH);
  return { id, stars: last.rating, comment: last.comment, writtenAt: first.at, changedAt: versions.length > 1 ? last.at : null, seller };
};

export const actions = {
  default: action({
    read: inputOf(ReportRatingInput.omit({ ratingId: true }), { reason: text, detail: text }),
    call: (api, input, { params }) => api.moderation.report.mutate({ ...input, ratingId: idOf(params.id) ?? error(404, NO_SUCH) }),
    say: 'Report sent. A moderator reviews it; the rating stays until then.',
    next({ event }) {
      const sellerId = idOf(event.url.searchParams.get('seller'));
      return sellerId === null ? PAGES.home : PAGES.sellerRatings(sellerId);
    },
  }),
};
