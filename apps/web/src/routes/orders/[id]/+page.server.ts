import { ORDER_MOVES } from '@assay/contract';
import { error, redirect } from '@sveltejs/kit';
import { failure, orError, refuse } from '#lib/server/failures.ts';
import { setFlash } from '#lib/server/flash.ts';
import { idOf, requireSignIn } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  requireSignIn({ locals, url });
  const id = idOf(params.id);
  if (id === null) error(404, 'There is no such order among yours.');
  const order = await orError(locals.api.orders.get.query({ id }));
  const { api } = locals;
  const [seller, canRate] = await orError(
    Promise.all([
      api.sellers.get.query({ id: order.sellerId }),
      order.status === 'completed' ? api.ratings.canRate.query({ sellerId: order.sellerId, orderId: id }) : null,
    ]),
  );
  return { order, seller, mayRate: canRate?.canRate ?? false };
};

const DONE = {
  pay: 'Paid. The seller ships it next.',
  ship: 'Marked as shipped. The buyer says when it has arrived.',
  complete: 'Completed. Thank you for saying so.',
  cancel: 'Cancelled. A payment, if there was one, is refunded.',
};

export const actions: Actions = {
  move: async (event) => {
    requireSignIn(event);
    const form = await event.request.formData();
    const id = idOf(event.params.id);
    const move = ORDER_MOVES.find((name) => name === form.get('move'));
    if (id === null || !move) return refuse(400, 'That is not a move of an order.');
    try {
      await event.locals.api.orders.move.mutate({ id, move });
    } catch (thrown) {
      return failure(thrown, form);
    }
    setFlash(event.cookies, { message: DONE[move] }, event.url.protocol === 'https:');
    redirect(303, `/orders/${id}`);
  },
};
