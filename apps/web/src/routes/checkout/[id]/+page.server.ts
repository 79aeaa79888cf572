import { PAGES } from '@assay/contract';
import { error } from '@sveltejs/kit';
import { paidTogetherLabel } from '#lib/features/orders/labels.ts';
import { action } from '#lib/server/action.ts';
import { countryName } from '#lib/server/countries.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, id } from '#lib/server/form.ts';
import { idOf, requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

const groupId = (params: { id?: string }): number => idOf(params.id) ?? error(404, 'You have no order with this number.');

export const load: PageServerLoad = async ({ locals, params, url }) => {
  requireSignIn({ locals, url });
  const group = await orError(locals.api.checkout.get.query({ id: groupId(params) }));
  return { group, countryName: group.address ? countryName(group.address.country) : '' };
};

export const actions = {
  payAll: action({
    call: (api, _input, { params }) => api.checkout.pay.mutate({ id: groupId(params) }),
    say: ({ result }) => paidTogetherLabel(result),
    next: ({ result }) => {
      const [payment] = result.waiting;
      return payment ? PAGES.payOrder(payment.orderIds[0]!) : PAGES.orderGroup(result.id);
    },
  }),
  pay: action({
    read: formOf({ order: id }),
    call: (api, { order }) => api.orders.move.mutate({ id: order, move: 'pay' }),
    next: ({ event, result }) => (result.paymentWaits ? PAGES.payOrder(result.id) : PAGES.orderGroup(groupId(event.params))),
  }),
};
