import { ORDER_MOVES, type OrderMove, type OrderStatus } from '@assay/contract';
import type { OrderRow } from './ports.ts';

type Party = 'buyer' | 'seller';

interface MoveRule {
  from: readonly OrderStatus[];
  to: OrderStatus;
  by: readonly Party[];
}

/** Every legal transition of an order. */
export const MOVES: Record<OrderMove, MoveRule> = {
  pay: { from: ['placed'], to: 'paid', by: ['buyer'] },
  ship: { from: ['paid'], to: 'shipped', by: ['seller'] },
  complete: { from: ['shipped'], to: 'completed', by: ['buyer'] },
  cancel: { from: ['placed', 'paid'], to: 'cancelled', by: ['buyer', 'seller'] },
};

/** Which side of an order a user is on; null for a stranger. */
export const partyOf = ({ buyerId, sellerId }: Pick<OrderRow, 'buyerId' | 'sellerId'>, userId: number): Party | null =>
  userId === buyerId ? 'buyer' : userId === sellerId ? 'seller' : null;

/** What a party may do with an order in that state. While a payment has no outcome the order waits for it. */
export function movesFor(party: Party, { status, payment }: Pick<OrderRow, 'status' | 'payment'>): OrderMove[] {
  if (payment === 'pending' || payment === 'unresolved') return [];
  return ORDER_MOVES.filter((move) => MOVES[move].by.includes(party) && MOVES[move].from.includes(status));
}
