import {
  ChargebackPage,
  ListChargebacksQuery,
  LookUpInput,
  LookUpView,
  OrderView,
  ParkedEventView,
  PaymentFormView,
  PROVIDER_CALLS,
  ReconciliationView,
  RefundOrderInput,
  RefundView,
  ResolveDifferenceInput,
  SettleByHandInput,
  UnresolvedView,
} from '@assay/contract';
import {
  cancelPayment,
  checkPayment,
  dismissEvent,
  getPaymentForm,
  listChargebacks,
  listDifferences,
  listParkedEvents,
  listUnresolved,
  lookUpUnresolved,
  refundOrder,
  resolveDifference,
  retryEvent,
  settleByHand,
} from '@assay/core';
import { ById } from './inputs.ts';
import { get, mutation, post, query } from './operation.ts';

const PLACES = { payment: '/payments', refund: '/refunds' } as const;

/** Payments on a provider's form, refunds, and what admins do about those whose outcome is not known. */
export const payments = {
  form: query({
    use: getPaymentForm,
    input: ById,
    output: PaymentFormView,
    as: 'user',
    rest: get('/orders/:id/payment', 'What a browser needs to make a payment that waits (buyer)', { errors: [404, 503] }),
  }),
  check: mutation({
    use: checkPayment,
    input: ById,
    output: OrderView,
    as: 'user',
    rest: post('/orders/:id/payment/check', 'Ask the provider how far a payment is that waits (buyer)', { errors: [404, 503] }),
  }),
  cancel: mutation({
    use: cancelPayment,
    input: ById,
    output: OrderView,
    as: 'user',
    rest: post('/orders/:id/payment/cancel', 'End a payment that was not made (buyer)', { errors: [404, 409, 503] }),
  }),
  refund: mutation({
    use: refundOrder,
    input: ById.extend(RefundOrderInput.shape),
    output: RefundView,
    as: 'user',
    rest: post('/orders/:id/refunds', 'Refund an order, in part or in full (seller, admin)', { status: 201, errors: [403, 404, 409] }),
  }),
  chargebacks: query({
    use: listChargebacks,
    input: ListChargebacksQuery,
    output: ChargebackPage,
    as: 'admin',
    rest: get('/chargebacks', 'Disputes about payments at buyers’ banks', { errors: [403] }),
  }),
  differences: query({
    use: listDifferences,
    output: ReconciliationView,
    as: 'admin',
    rest: get('/payments/differences', 'What differs between the payment provider and the marketplace', { errors: [403] }),
  }),
  resolveDifference: mutation({
    use: resolveDifference,
    input: ResolveDifferenceInput,
    as: 'admin',
    rest: post('/payments/differences/:id/resolve', 'Say that a difference is dealt with', { status: 204, errors: [403, 404] }),
  }),
  unresolved: query({
    use: listUnresolved,
    output: UnresolvedView.array(),
    as: 'admin',
    rest: get('/payments/unresolved', 'Payments and refunds whose outcome is not known', { items: true, errors: [403] }),
  }),
  lookUp: mutation({
    use: lookUpUnresolved,
    input: LookUpInput,
    output: LookUpView,
    as: 'admin',
    rest: PROVIDER_CALLS.map((kind) =>
      post(`${PLACES[kind]}/:id/look-up`, `Ask the provider what became of a ${kind}`, { fixed: { kind }, errors: [403, 404, 503] }),
    ),
  }),
  settle: mutation({
    use: settleByHand,
    input: SettleByHandInput,
    as: 'admin',
    rest: PROVIDER_CALLS.map((kind) =>
      post(`${PLACES[kind]}/:id/settle`, `Settle a ${kind} by what an admin found out`, {
        status: 204,
        fixed: { kind },
        errors: [403, 404],
      }),
    ),
  }),
  events: query({
    use: listParkedEvents,
    output: ParkedEventView.array(),
    as: 'admin',
    rest: get('/payments/events', 'Events of the provider that nothing here knows how to act on', { items: true, errors: [403] }),
  }),
  retryEvent: mutation({
    use: retryEvent,
    input: ById,
    as: 'admin',
    rest: post('/payments/events/:id/retry', 'Act on an event of the provider once more', { status: 204, errors: [403, 404] }),
  }),
  dismissEvent: mutation({
    use: dismissEvent,
    input: ById,
    as: 'admin',
    rest: post('/payments/events/:id/dismiss', 'Take an event of the provider off the list', { status: 204, errors: [403, 404] }),
  }),
};
