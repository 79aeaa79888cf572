import { LookUpInput, LookUpView, PROVIDER_CALLS, RefundOrderInput, RefundView, SettleByHandInput, UnresolvedView } from '@assay/contract';
import { listUnresolved, lookUpUnresolved, refundOrder, settleByHand } from '@assay/core';
import { ById } from './inputs.ts';
import { get, mutation, post, query } from './operation.ts';

const PLACES = { payment: '/payments', refund: '/refunds' } as const;

/** Refunds, and what admins do about payments and refunds whose outcome is not known. */
export const payments = {
  refund: mutation({
    use: refundOrder,
    input: ById.extend(RefundOrderInput.shape),
    output: RefundView,
    as: 'user',
    rest: post('/orders/:id/refunds', 'Refund an order, in part or in full (seller, admin)', { status: 201, errors: [403, 404, 409] }),
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
};
