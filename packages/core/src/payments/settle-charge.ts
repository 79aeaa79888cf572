import type { OrderStatus, PaymentStatus } from '@assay/contract';
import type { Tx } from '../kernel/context.ts';
import { Raced } from '../kernel/raced.ts';
import { transition } from '../kernel/transition.ts';
import { postPayment } from '../ledger/order-money.ts';
import { lockOrders } from '../orders/lock-order.ts';
import { ORDER } from '../orders/order-machine.ts';
import type { OrderRow } from '../orders/ports.ts';
import { PAYMENT_OUTCOMES, SYSTEM_ID } from '../orders/rules.ts';
import { beginRefund } from './begin-refund.ts';
import { chargeNow, OPEN_PAYMENT, withOrders, type Share } from './charges.ts';
import type { ChargeRow, PaymentRow } from './ports.ts';
import { unknownReason, type CallOutcome } from './provider-call.ts';

/**
 * Writes down what is known of a charge, for all of its orders in one change. Does nothing where it has an outcome already; but money that
 * arrived counts also where the charge was taken for failed.
 */
export async function settleCharge(tx: Tx, asked: ChargeRow, outcome: CallOutcome): Promise<void> {
  if (outcome.status === 'not-found') return;
  await lockOrders(
    tx,
    asked.shares.map(({ orderId }) => orderId),
  );
  const charge = await chargeNow(tx, asked);
  switch (outcome.status) {
    case 'waiting':
      return settle(tx, charge, { status: 'pending', reference: outcome.reference }, OPEN_PAYMENT, ({ order }) =>
        tx.publish('payment.waiting', partiesOf(order)),
      );
    case 'unknown': {
      if (charge.status === 'unresolved') return;
      const failure = unknownReason(outcome.error);
      return settle(tx, charge, { status: 'unresolved', failure }, OPEN_PAYMENT, async ({ order, payment }) => {
        await tx.publish('payment.unresolved', partiesOf(order));
        await tx.audit('payment.unresolved', 'order', order.id, { reason: failure, ...detailOf(payment) });
      });
    }
    case 'done': {
      const { reference } = outcome;
      return settle(tx, charge, { status: 'captured', reference }, [...OPEN_PAYMENT, 'failed'], (share) => captured(tx, share, reference));
    }
    default: {
      const reason = outcome.status === 'refused' ? outcome.reason : 'The payment did not reach the provider.';
      return settle(tx, charge, { status: 'failed', failure: reason }, OPEN_PAYMENT, (share) => refused(tx, share, reason));
    }
  }
}

/** The orders of a charge are locked, and both are as they are now. */
async function settle(
  tx: Tx,
  charge: ChargeRow,
  to: { status: PaymentStatus; reference?: string; failure?: string },
  from: readonly PaymentStatus[],
  then: (share: Share) => Promise<void>,
): Promise<void> {
  if (!from.includes(charge.status)) return;
  if (charge.id !== null && !(await tx.repos.charges.settle(charge.id, from, to, tx.at))) throw new Raced();
  for (const share of await withOrders(tx, charge.shares))
    if (await tx.repos.payments.settle(share.payment, from, to, tx.at)) await then(share);
}

/** An order that was cancelled meanwhile is refunded, the others of the charge are not. */
async function captured(tx: Tx, { payment, order }: Share, reference: string): Promise<void> {
  const isAwaited = (PAYMENT_OUTCOMES.captured.from as readonly OrderStatus[]).includes(order.status);
  if (isAwaited) await transition(tx, ORDER, order, PAYMENT_OUTCOMES.captured.to, { actorId: order.buyerId });
  await postPayment(tx, order, payment);
  await tx.audit('payment.captured', 'order', order.id, { reference, ...detailOf(payment) });
  if (!isAwaited) await beginRefund(tx, order.id);
}

async function refused(tx: Tx, { payment, order }: Share, reason: string): Promise<void> {
  // An order that an earlier release has begun to pay is still placed.
  if (order.status === 'paying')
    await transition(tx, ORDER, order, PAYMENT_OUTCOMES.refused.to, { actorId: SYSTEM_ID, reason: 'payment-refused' });
  await tx.publish('payment.failed', partiesOf(order));
  await tx.audit('payment.failed', 'order', order.id, { reason, ...detailOf(payment) });
}

const partiesOf = ({ id: orderId, sellerId, buyerId }: OrderRow) => ({ orderId, sellerId, buyerId });

const detailOf = ({ amountE8, currency, attempt, chargeId }: PaymentRow) => ({
  amountE8: String(amountE8),
  currency,
  attempt,
  ...(chargeId === null ? {} : { chargeId }),
});
