import { error } from '@sveltejs/kit';
import { orError } from '#lib/server/failures.ts';
import { idOf, knownAccount, requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

const NO_SUCH = 'You have no sale with this number.';

export const load: PageServerLoad = async ({ locals, params, url, parent }) => {
  requireSignIn({ locals, url });
  const id = idOf(params.id);
  if (id === null) error(404, NO_SUCH);
  const order = await orError(locals.api.orders.get.query({ id }));
  if (order.sellerId !== knownAccount(await parent())?.id) error(404, NO_SUCH);
  return { order };
};
