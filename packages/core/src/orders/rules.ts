import { ORDER_MOVES, type OrderMove, type OrderStatus } from '@assay/contract';

type Party = 'buyer' | 'seller';

interface MoveRule {
  from: readonly OrderStatus[];
  to: OrderStatus;
  by: readonly Party[];
}

/** Every legal move of an order. */
export const MOVES: Record<OrderMove, MoveRule> = {
  pay: { from: ['placed'], to: 'paid', by: ['buyer'] },
  ship: { from: ['paid'], to: 'shipped', by: ['seller'] },
  complete: { from: ['shipped'], to: 'completed', by: ['buyer'] },
  cancel: { from: ['placed', 'paid'], to: 'cancelled', by: ['buyer', 'seller'] },
};

/** What somebody may do with an order in that state. */
export function movesFor(party: Party, status: OrderStatus): OrderMove[] {
  return ORDER_MOVES.filter((move) => MOVES[move].by.includes(party) && MOVES[move].from.includes(status));
}
