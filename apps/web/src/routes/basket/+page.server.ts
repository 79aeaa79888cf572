import { PAGES } from '@assay/contract';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, id, number } from '#lib/server/form.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  return { basket: await orError(locals.api.basket.get.query()) };
};

export const actions = {
  put: action({
    read: formOf({ listingId: id, quantity: number }),
    call: (api, input) => api.basket.put.mutate(input),
    say: 'Basket updated.',
    next: PAGES.basket,
  }),
  remove: action({
    read: formOf({ listingId: id }),
    call: (api, input) => api.basket.remove.mutate(input),
    say: 'Removed from your basket.',
    next: PAGES.basket,
  }),
};
