import { OrderReturns, RequestReturnInput, RETURN_MOVES, ReturnMove, ReturnMoveDetail } from '@assay/contract';
import { getReturns, moveReturn, requestReturn } from '@assay/core';
import { ById } from './inputs.ts';
import { get, mutation, post, query } from './operation.ts';

const MOVES = {
  accept: 'Accept a return, and say where it is sent (seller)',
  decline: 'Decline a return, and say why (seller)',
  withdraw: 'Keep it: the return is closed (buyer)',
  send: 'Say that it was sent back (buyer)',
  receive: 'Say that it has arrived: the buyer is refunded (seller)',
  escalate: 'Open a dispute about a return that was declined (buyer)',
} satisfies Record<ReturnMove, string>;

/** What a move says beside its name; the rest of the input is fixed to nothing. */
const DETAILS: Record<ReturnMove, readonly string[]> = {
  accept: ['addressId', 'address', 'text'],
  decline: ['text'],
  withdraw: [],
  send: ['carrier', 'trackingNumber'],
  receive: ['restock'],
  escalate: ['text'],
};
const fixedOf = (move: ReturnMove): Record<string, unknown> => ({
  move,
  ...Object.fromEntries(Object.keys(ReturnMoveDetail.shape).flatMap((name) => (DETAILS[move].includes(name) ? [] : [[name, undefined]]))),
});

/** Returns of delivered orders. Each answer has all returns of the order. */
export const returns = {
  list: query({
    use: getReturns,
    input: ById,
    output: OrderReturns,
    as: 'user',
    rest: get('/orders/:id/returns', 'Returns of an order, and what of it may be returned', { errors: [404] }),
  }),
  request: mutation({
    use: requestReturn,
    input: ById.extend(RequestReturnInput.shape),
    output: OrderReturns,
    as: 'user',
    rest: post('/orders/:id/returns', 'Ask to return items of an order (buyer)', { status: 201, errors: [403, 404, 409] }),
  }),
  move: mutation({
    use: moveReturn,
    input: ById.extend({ move: ReturnMove, ...ReturnMoveDetail.shape }),
    output: OrderReturns,
    as: 'user',
    rest: RETURN_MOVES.map((move) =>
      post(`/returns/:id/${move}`, MOVES[move], { fixed: fixedOf(move), optionalBody: true, errors: [403, 404, 409] }),
    ),
  }),
};
