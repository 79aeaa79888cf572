import type { Tx } from '../kernel/context.ts';
import { closeDispute } from '../disputes/close-dispute.ts';
import { disputeDueAt, FULL } from '../disputes/rules.ts';
import type { OrderRow } from '../orders/ports.ts';
import { dueAtOf, SYSTEM_ID } from '../orders/rules.ts';
import { refundableE8 } from '../payments/begin-refund.ts';
import { resumeReturn } from '../returns/close-return.ts';
import { emailOfChargeback } from './email-of-chargeback.ts';
import type { ChargebackRow } from './ports.ts';
import { hasEnded } from './rules.ts';

/** What follows from a change of a chargeback beside its money. The change has locked the order. */
export async function followChargeback(tx: Tx, order: OrderRow, before: ChargebackRow | null, now: ChargebackRow): Promise<void> {
  const { id, orderId, status } = now;
  const { sellerId, buyerId } = order;
  await tx.publish('chargeback.changed', { orderId, sellerId, buyerId, chargebackId: id });
  if (status === before?.status) return;
  await tx.audit(`chargeback.${status}`, 'order', orderId, { chargebackId: id, reference: now.reference, reason: now.reason });
  await emailOfChargeback(tx, order, now);
  if (hasEnded(status)) await resumeOrder(tx, order);
}

/**
 * The bank has decided. Deadlines of the order have waited for that, and begin anew; a return, or a dispute with its seller, is closed where
 * nothing is left of the payment.
 */
async function resumeOrder(tx: Tx, order: OrderRow): Promise<void> {
  const { id, status } = order;
  const times = tx.settings.orderTimes;
  const payment = await tx.repos.payments.find(id);
  if (payment?.isDisputedAtBank) return; // another one is open
  if (payment) await resumeReturn(tx, order, payment);
  if (status !== 'disputed') {
    const dueAt = dueAtOf(status, times, tx.at);
    if (dueAt) await tx.repos.orders.setDue(id, status, dueAt);
    return;
  }
  const dispute = await tx.repos.disputes.ofOrder(id);
  if (!payment || !dispute || dispute.status === 'closed') return;
  if (payment.chargedBackE8 > 0n && refundableE8(payment) === 0n) {
    const text = 'The buyer’s bank decided for the buyer, and took the payment back.';
    await closeDispute(tx, order, dispute, FULL, { action: 'expire', actorId: SYSTEM_ID, text, isNotified: true });
  } else await tx.repos.orders.setDue(id, 'disputed', disputeDueAt(dispute.status, times, tx.at));
}
