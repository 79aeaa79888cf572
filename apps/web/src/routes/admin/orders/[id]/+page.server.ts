import { PAGES, RefundOrderInput } from '@assay/contract';
import { error } from '@sveltejs/kit';
import { refundDoneLabel } from '#lib/features/payments/labels.ts';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { inputOf, text } from '#lib/server/form.ts';
import { idOf, requireAdmin } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

const NO_SUCH = 'There is no such order.';

export const load: PageServerLoad = async (event) => {
  await requireAdmin(event);
  const id = idOf(event.params.id) ?? error(404, NO_SUCH);
  return { order: await orError(event.locals.api.adminOrders.get.query({ id })) };
};

export const actions = {
  refund: action({
    read: inputOf(RefundOrderInput, { amount: text, reason: text, auditNote: text }),
    call: (api, input, { params }) => api.payments.refund.mutate({ ...input, id: idOf(params.id) ?? error(404, NO_SUCH) }),
    say: ({ result }) => refundDoneLabel(result),
    next: ({ result }) => PAGES.adminOrder(result.orderId),
  }),
};
