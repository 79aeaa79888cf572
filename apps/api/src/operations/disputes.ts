import {
  DecideDisputeInput,
  DISPUTE_MOVES,
  DisputeMove,
  DisputeMoveDetail,
  DisputePage,
  DisputeView,
  ListDisputesQuery,
  OpenDisputeInput,
} from '@assay/contract';
import { countDisputes, decideDispute, getDispute, listDisputes, moveDispute, openDispute } from '@assay/core';
import { z } from 'zod';
import { ById } from './inputs.ts';
import { get, mutation, post, query } from './operation.ts';

const MOVES = {
  refund: 'Refund all that is left of the payment (seller)',
  offer: 'Offer a refund in part (seller)',
  contest: 'Refuse a refund, and say why (seller)',
  accept: 'Accept the seller’s answer (buyer)',
  escalate: 'Ask an admin to decide (buyer)',
  withdraw: 'Close the dispute without a refund (buyer)',
  appeal: 'Appeal a decision, once (the side that it goes against)',
} satisfies Record<DisputeMove, string>;

/** What a move says beside its name; the rest of the input is fixed to nothing. */
const fixedOf = (move: DisputeMove): Record<string, unknown> => ({ move, ...(move === 'offer' ? {} : { amount: undefined }) });

/** Disputes by the order that they are about. Evidence is files: rest/evidence.ts. */
export const disputes = {
  open: mutation({
    use: openDispute,
    input: ById.extend(OpenDisputeInput.shape),
    output: DisputeView,
    as: 'user',
    rest: post('/orders/:id/dispute', 'Open a dispute about an order (buyer)', { status: 201, errors: [403, 404, 409] }),
  }),
  get: query({
    use: getDispute,
    input: ById,
    output: DisputeView,
    as: 'user',
    rest: get('/orders/:id/dispute', 'The dispute about an order (its sides, admins)', { errors: [404] }),
  }),
  move: mutation({
    use: moveDispute,
    input: ById.extend({ move: DisputeMove, ...DisputeMoveDetail.shape }),
    output: DisputeView,
    as: 'user',
    rest: DISPUTE_MOVES.map((move) =>
      post(`/orders/:id/dispute/${move}`, MOVES[move], { fixed: fixedOf(move), optionalBody: true, errors: [403, 404, 409] }),
    ),
  }),
  list: query({
    use: listDisputes,
    input: ListDisputesQuery,
    output: DisputePage,
    as: 'admin',
    rest: get('/disputes', 'Disputes, oldest first (admins)', { errors: [403] }),
  }),
  count: query({ use: countDisputes, output: z.number(), as: 'admin' }),
  decide: mutation({
    use: decideDispute,
    input: ById.extend(DecideDisputeInput.shape),
    output: DisputeView,
    as: 'admin',
    rest: post('/orders/:id/dispute/decision', 'Decide about a dispute, or about an appeal (admins)', {
      description: 'Not about one’s own. An appeal is for another admin than the first, where there is one.',
      errors: [403, 404, 409],
    }),
  }),
};
