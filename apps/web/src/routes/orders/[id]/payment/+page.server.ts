import { apiErrorOf, type ApiClient } from '@assay/client';
import { PAGES, type OrderView, type PaymentFormView } from '@assay/contract';
import { error, redirect } from '@sveltejs/kit';
import { doneLabel } from '#lib/features/orders/labels.ts';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, optionalText } from '#lib/server/form.ts';
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

/** The checkout to go back to, where several of its orders are paid at once. */
const read = formOf({ group: optionalText.transform((text) => idOf(text)) });
const backTo = (group: number | null, order: number) => (group === null ? PAGES.order(order) : PAGES.orderGroup(group));

export const actions = {
  check: action({
    read,
    call: (api, _input, { params }) => check(api, orderId(params)),
    say: ({ result }) => doneLabel('pay', result),
    next: ({ input, result }) => (result.paymentWaits ? PAGES.payOrder(result.id) : backTo(input.group, result.id)),
  }),
  cancel: action({
    read,
    call: (api, _input, { params }) => api.payments.cancel.mutate({ id: orderId(params) }),
    say: ({ result }) => (result.status === 'paid' ? doneLabel('pay', result) : 'Payment cancelled. Nothing was charged.'),
    next: ({ input, result }) => backTo(input.group, result.id),
  }),
};
