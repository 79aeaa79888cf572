import { ERRORS, PAGES, type Stars } from '@assay/contract';
import { error } from '@sveltejs/kit';
import { counted } from '#lib/format.ts';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { idOf, requireSignIn } from '#lib/server/guards.ts';
import { RatingForm } from '#lib/server/rating-form.ts';
import type { PageServerLoad } from './$types';

const NO_SUCH = 'You have no order with this number.';

/** The stars that count now, of a rating that a new one replaces. */
async function starsOf(api: App.Locals['api'], ratingId: number): Promise<Stars | null> {
  const versions = await api.ratings.history.query({ id: ratingId });
  return (versions.at(-1)?.rating as Stars | undefined) ?? null;
}

export const load: PageServerLoad = async ({ locals, params, url }) => {
  requireSignIn({ locals, url });
  const id = idOf(params.id);
  if (id === null) error(404, NO_SUCH);
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

export const actions = {
  default: action({
    read: RatingForm,
    async call(api, input, { params }) {
      const orderId = idOf(params.id) ?? error(404, NO_SUCH);
      const { sellerId } = await api.orders.get.query({ id: orderId });
      return api.ratings.submit.mutate({ sellerId, orderId, ...input });
    },
    say: ({ result }) => `Thank you. ${result.sellerName} now has ${counted(result.summary.totalRatings, 'rating')}.`,
    next: ({ result }) => `${PAGES.seller(result.sellerId)}?thanks=1#rating-${result.id}`,
  }),
};
