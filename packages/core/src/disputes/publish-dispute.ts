import type { Tx } from '../kernel/context.ts';
import type { OrderRow } from '../orders/ports.ts';

/** Both sides and admins hear that something happened in a dispute. */
export const publishDispute = (tx: Tx, { id: orderId, sellerId, buyerId }: OrderRow, disputeId: number): Promise<void> =>
  tx.publish('dispute.changed', { orderId, sellerId, buyerId, disputeId });
