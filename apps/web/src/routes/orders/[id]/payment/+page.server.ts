import { apiErrorOf, type ApiClient } from '@assay/client';
import { PAGES, type OrderView, type PaymentFormView } from '@assay/contract';
import { error, redirect } from '@sveltejs/kit';
import { doneLabel } from '#lib/features/orders/labels.ts';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { idOf, requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

const orderId = (params: { id?: string }): number => idOf(params.id) ?? error(404, 'You have no order with this number.');
const isOver = (thrown: unknown) => apiErrorOf(thrown)?.code === 'PAYMENT_NOT_FOUND';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  requireSignIn({ locals, url });
  const id = orderId(params);
  const payment: PaymentFormView | null = await orError(
    locals.api.payments.form.query({ id }).catch((thrown: unknown) => {
      if (isOver(thrown)) return null;
      throw thrown;
    }),
  );
  if (!payment) redirect(303, PAGES.order(id));
  locals.hasPaymentForm = true;
  return { payment };
};

/** What became of a payment; an event may have been faster than the page. */
const check = (api: ApiClient, id: number): Promise<Pick<OrderView, 'id' | 'status' | 'payment' | 'paymentWaits'>> =>
  api.payments.check.mutate({ id }).catch((thrown: unknown) => {
    if (isOver(thrown)) return api.orders.get.query({ id });
    throw thrown;
  });

export const actions = {
  check: action({
    call: (api, _input, { params }) => check(api, orderId(params)),
    say: ({ result }) => doneLabel('pay', result),
    next: ({ result }) => (result.paymentWaits ? PAGES.payOrder(result.id) : PAGES.order(result.id)),
  }),
  cancel: action({
    call: (api, _input, { params }) => api.payments.cancel.mutate({ id: orderId(params) }),
    say: ({ result }) => (result.status === 'paid' ? doneLabel('pay', result) : 'Payment cancelled. Nothing was charged.'),
    next: ({ result }) => PAGES.order(result.id),
  }),
};
