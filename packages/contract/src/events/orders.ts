import { OrderStatus } from '../orders.ts';
import { fact, id } from './fact.ts';

const ofSeller = ({ sellerId }: { sellerId: number }) => sellerId;
const parties = { orderId: id, sellerId: id, buyerId: id };

export const ORDER_FACTS = {
  'order.placed': fact({ ...parties, listingId: id }, ofSeller),
  /** The provider refused; the buyer may try again. */
  'payment.failed': fact(parties, ofSeller),
  /** The provider waits for the buyer, or for a bank. */
  'payment.waiting': fact(parties, ofSeller),
  /** The provider was asked, and what it did is not known. */
  'payment.unresolved': fact(parties, ofSeller),
  /** A refund began or ended. */
  'refund.changed': fact(parties, ofSeller),
  /** A side, an admin or a deadline did something in a dispute, or evidence was added. */
  'dispute.changed': fact({ ...parties, disputeId: id }, ofSeller),
  /** The buyer disputes the payment at their bank, or the bank has done something about it. */
  'chargeback.changed': fact({ ...parties, chargebackId: id }, ofSeller),
  /** The time since the shipment has released the payment to the seller. */
  'order.released': fact(parties, ofSeller),
  /** A side or a deadline did something with a return. */
  'return.changed': fact({ ...parties, returnId: id }, ofSeller),
  'order.moved': fact({ ...parties, from: OrderStatus, to: OrderStatus }, ofSeller),
};
