import {
  CancelItemsInput,
  Carrier,
  DisputeMove,
  OpenDisputeInput,
  ORDER_MOVES,
  OrderReason,
  PAGES,
  RefundOrderInput,
  RequestReturnInput,
  type OrderReturns,
  type OrderStatus,
} from '@assay/contract';
import { error } from '@sveltejs/kit';
import { z } from 'zod';
import { DISPUTE_DONE_LABELS } from '#lib/features/disputes/labels.ts';
import { RETURN_DONE_LABELS } from '#lib/features/returns/labels.ts';
import { doneLabel, isRateable, paidTogetherLabel } from '#lib/features/orders/labels.ts';
import { refundDoneLabel } from '#lib/features/payments/labels.ts';
import { action } from '#lib/server/action.ts';
import { COUNTRIES, countryName } from '#lib/server/countries.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, id as idField, inputOf, optionalText, text, valueOf } from '#lib/server/form.ts';
import { ReturnMoveForm } from '#lib/server/return-form.ts';
import { cookiesOf } from '#lib/server/session.ts';
import { idOf, knownAccount, requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

const EMPTY = z.literal('').transform(() => undefined);
/** Where items of an order may come back. */
const ARRIVED = new Set<OrderStatus>(['delivered', 'completed', 'disputed', 'resolved']);
const NO_RETURNS: OrderReturns = { items: [], returnable: [], until: null };
const NO_SUCH = 'You have no order with this number.';

export const load: PageServerLoad = async ({ locals, params, url, parent, cookies }) => {
  requireSignIn({ locals, url });
  const id = idOf(params.id);
  if (id === null) error(404, NO_SUCH);
  const order = await orError(locals.api.orders.get.query({ id }));
  const { api } = locals;
  const selling = knownAccount(await parent())?.id === order.sellerId;
  const [seller, canRate, { fees }, documents, dispute, returns] = await orError(
    Promise.all([
      api.sellers.get.query({ id: order.sellerId }),
      isRateable(order.status) ? api.ratings.canRate.query({ sellerId: order.sellerId, orderId: id }) : null,
      selling ? api.fees.order.query({ id }) : { fees: null },
      api.invoices.order.query({ id }),
      order.status === 'disputed' || order.status === 'resolved' ? api.disputes.get.query({ id }) : null,
      ARRIVED.has(order.status) ? api.returns.list.query({ id }) : NO_RETURNS,
    ]),
  );
  const accepts = returns.items.some(({ moves }) => moves.includes('accept'));
  return {
    order,
    returns,
    addresses: accepts ? (await orError(api.addresses.list.query())).items : [],
    countries: accepts ? COUNTRIES : [],
    returnCountry: countryName(returns.items.find(({ address }) => address)?.address?.country ?? ''),
    seller,
    mayRate: canRate?.canRate ?? false,
    fees,
    documents: documents.items,
    dispute,
    csrf: cookies.get(cookiesOf({ url }).csrf) ?? '',
    evidenceRefusal: url.searchParams.get('evidenceError'),
    countryName: order.address ? countryName(order.address.country) : '',
  };
};

export const actions = {
  move: action({
    read: formOf({
      move: valueOf(z.enum(ORDER_MOVES)),
      reason: valueOf(OrderReason.or(EMPTY)),
      carrier: valueOf(Carrier.or(EMPTY)),
      trackingNumber: optionalText,
    }),
    call: (api, input, { params }) => api.orders.move.mutate({ id: idOf(params.id) ?? error(404, NO_SUCH), ...input }),
    say: ({ input, result }) => doneLabel(input.move, result),
    next: ({ result }) => (result.paymentWaits ? PAGES.payOrder(result.id) : PAGES.order(result.id)),
  }),
  payAll: action({
    read: formOf({ group: idField }),
    call: (api, { group }) => api.checkout.pay.mutate({ id: group }),
    say: ({ result }) => paidTogetherLabel(result),
    next: ({ result, event }) => {
      const here = idOf(event.params.id) ?? error(404, NO_SUCH);
      return result.waiting.some(({ orderIds }) => orderIds.includes(here)) ? PAGES.payOrder(here) : PAGES.order(here);
    },
  }),
  cancelItems: action({
    read: inputOf(CancelItemsInput, { cancel: z.array(z.string()), reason: text }, ({ cancel, reason }) => ({
      reason,
      items: cancel.filter(Boolean).map((value) => {
        const [listingId, quantity, of] = value.split(':').map(Number);
        return { listingId, quantity, of };
      }),
    })),
    call: (api, input, { params }) => api.orders.cancelItems.mutate({ ...input, id: idOf(params.id) ?? error(404, NO_SUCH) }),
    say: ({ result }) => (result.status === 'cancelled' ? doneLabel('cancel', result) : 'Items cancelled. Their price is refunded.'),
    next: ({ result }) => PAGES.order(result.id),
  }),
  dispute: action({
    read: inputOf(OpenDisputeInput, { disputeReason: text, text }, ({ disputeReason, ...rest }) => ({ ...rest, reason: disputeReason })),
    call: (api, input, { params }) => api.disputes.open.mutate({ ...input, id: idOf(params.id) ?? error(404, NO_SUCH) }),
    say: 'Dispute opened. The seller is notified.',
    next: ({ result }) => PAGES.order(result.orderId),
  }),
  disputeMove: action({
    read: formOf({ disputeMove: valueOf(DisputeMove), amount: optionalText, text: optionalText }),
    call: (api, { disputeMove: move, ...input }, { params }) =>
      api.disputes.move.mutate({ ...input, move, id: idOf(params.id) ?? error(404, NO_SUCH) }),
    say: ({ input }) => DISPUTE_DONE_LABELS[input.disputeMove],
    next: ({ result }) => PAGES.order(result.orderId),
  }),
  requestReturn: action({
    read: inputOf(RequestReturnInput, { units: z.array(z.string()), returnReason: text, text }, ({ units, returnReason, ...rest }) => ({
      ...rest,
      reason: returnReason,
      items: units.filter(Boolean).map((value) => {
        const [listingId, quantity] = value.split(':').map(Number);
        return { listingId, quantity };
      }),
    })),
    call: (api, input, { params }) => api.returns.request.mutate({ ...input, id: idOf(params.id) ?? error(404, NO_SUCH) }),
    say: 'Return requested. The seller is notified.',
    next: ({ event }) => PAGES.order(idOf(event.params.id) ?? error(404, NO_SUCH)),
  }),
  returnMove: action({
    read: ReturnMoveForm,
    call: (api, input) => api.returns.move.mutate(input),
    say: ({ input }) => RETURN_DONE_LABELS[input.move],
    next: ({ event }) => PAGES.order(idOf(event.params.id) ?? error(404, NO_SUCH)),
  }),
  refund: action({
    read: inputOf(RefundOrderInput, { amount: text, reason: text }),
    call: (api, input, { params }) => api.payments.refund.mutate({ ...input, id: idOf(params.id) ?? error(404, NO_SUCH) }),
    say: ({ result }) => refundDoneLabel(result),
    next: ({ result }) => PAGES.order(result.orderId),
  }),
};
