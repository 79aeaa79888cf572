import type { ReportReason } from '@assay/contract';
import { error, redirect } from '@sveltejs/kit';
import { failure, orError } from '#lib/server/failures.ts';
import { setFlash } from '#lib/server/flash.ts';
import { textOf } from '#lib/server/form.ts';
import { idOf, requireSignIn } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

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

export const actions: Actions = {
  default: async (event) => {
    requireSignIn(event);
    const { locals, params, request, cookies, url } = event;
    const ratingId = idOf(params.id);
    if (ratingId === null) error(404, NO_SUCH);
    const form = await request.formData();
    try {
      const detail = textOf(form, 'detail');
      await locals.api.moderation.report.mutate({ ratingId, reason: textOf(form, 'reason') as ReportReason, detail });
    } catch (thrown) {
      return failure(thrown, form);
    }
    setFlash(cookies, { message: 'Reported. A moderator reads it; until then the rating stays as it is.' }, url.protocol === 'https:');
    const sellerId = idOf(url.searchParams.get('seller'));
    redirect(303, sellerId === null ? '/' : `/sellers/${sellerId}#ratings`);
  },
};
