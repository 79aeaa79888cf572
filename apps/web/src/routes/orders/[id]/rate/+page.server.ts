import { ERRORS, type Stars } from '@assay/contract';
import { error, redirect } from '@sveltejs/kit';
import { failure, orError } from '#lib/server/failures.ts';
import { setFlash } from '#lib/server/flash.ts';
import { idOf, requireSignIn } from '#lib/server/guards.ts';
import { ratingInput } from '#lib/server/rating-form.ts';
import type { Actions, PageServerLoad } from './$types';

/** The stars that count now, of a rating that a new one takes the place of. */
async function starsOf(api: App.Locals['api'], ratingId: number): Promise<Stars | null> {
  const versions = await api.ratings.history.query({ id: ratingId });
  return (versions.at(-1)?.rating as Stars | undefined) ?? null;
}

export const load: PageServerLoad = async ({ locals, params, url }) => {
  requireSignIn({ locals, url });
  const id = idOf(params.id);
  if (id === null) error(404, 'There is no such order among yours.');
  const { api } = locals;
  const order = await orError(api.orders.get.query({ id }));
  const [seller, canRate] = await orError(
    Promise.all([api.sellers.get.query({ id: order.sellerId }), api.ratings.canRate.query({ sellerId: order.sellerId, orderId: id })]),
  );
  const { summary } = seller;
  if (!summary) error(404, ERRORS.RATINGS_OFF.message);
  const was = canRate.canRate && canRate.ratingId ? await orError(starsOf(api, canRate.ratingId)) : null;
  return { order, seller, summary, canRate, was };
};

export const actions: Actions = {
  default: async (event) => {
    requireSignIn(event);
    const { locals, params, request, cookies, url } = event;
    const form = await request.formData();
    const orderId = idOf(params.id);
    if (orderId === null) error(404, 'There is no such order among yours.');
    let change;
    try {
      const order = await locals.api.orders.get.query({ id: orderId });
      change = await locals.api.ratings.submit.mutate({ sellerId: order.sellerId, orderId, ...ratingInput(form) });
    } catch (thrown) {
      return failure(thrown, form);
    }
    setFlash(
      cookies,
      { message: `Thank you. ${change.sellerName} now has ${change.summary.totalRatings} ratings.`.replace(' 1 ratings', ' 1 rating') },
      url.protocol === 'https:',
    );
    redirect(303, `/sellers/${change.sellerId}?thanks=1#rating-${change.id}`);
  },
};
