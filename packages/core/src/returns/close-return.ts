import { formatPriceE8, type ReturnAction } from '@assay/contract';
import { beginDispute } from '../disputes/begin-dispute.ts';
import type { Tx } from '../kernel/context.ts';
import { Raced } from '../kernel/raced.ts';
import { postReturnEnded, postReturnReleased } from '../ledger/order-money.ts';
import type { OrderRow } from '../orders/ports.ts';
import { SYSTEM_ID } from '../orders/rules.ts';
import { restockUnits } from '../orders/stock.ts';
import { beginRefund, refundableE8 } from '../payments/begin-refund.ts';
import type { PaymentRow } from '../payments/ports.ts';
import type { ReturnRow } from './ports.ts';
import { emailOfReturn, publishReturn } from './publish-return.ts';
import { returnAmountE8, returnDueAt } from './rules.ts';

interface Closing {
  action: ReturnAction;
  actorId: number;
  text?: string | null;
  /** What came back is in stock again. */
  restock?: boolean;
  /** Both sides hear of it by what it follows from. */
  isNotified?: boolean;
}

/** Items of one return, with what they are of the order. */
async function itemsOf(tx: Tx, { id, orderId }: ReturnRow) {
  const stored = (await tx.repos.orders.items([orderId])).get(orderId) ?? [];
  const returned = (await tx.repos.returns.itemsOf(orderId)).filter(({ returnId }) => returnId === id);
  return { stored, returned };
}

/**
 * Ends a return: refunded, closed without a refund, or as a dispute. What was held for it goes on to the seller, unless a dispute holds it.
 * The change has locked the order.
 * @returns the key of the task that refunds; null where nothing is
 */
export async function closeReturn(
  tx: Tx,
  order: OrderRow,
  row: ReturnRow,
  to: 'refunded' | 'closed' | 'escalated',
  { action, actorId, text = null, restock = false, isNotified = false }: Closing,
): Promise<string | null> {
  const { stored, returned } = await itemsOf(tx, row);
  const payment = await tx.repos.payments.find(order.id);
  const refundE8 = to === 'refunded' && payment ? returnAmountE8(order, row.reason, stored, returned, refundableE8(payment)) : null;
  const change = { dueAt: null, ...(refundE8 === null ? {} : { refundE8 }) };
  if (!(await tx.repos.returns.transition(row, to, change, { action, actorId, text }, tx.at))) throw new Raced();
  await postReturnEnded(tx, order, row.id);
  let task: string | null = null;
  if (refundE8) task = await beginRefund(tx, order.id, refundE8, 'returned');
  if (restock)
    await restockUnits(
      tx,
      returned.map(({ itemId, quantity }) => ({ listingId: stored.find(({ id }) => id === itemId)!.listingId, quantity })),
    );
  const amount = refundE8 ? `${formatPriceE8(refundE8, order.currency)} ${order.currency}` : null;
  const step = { returnId: row.id, action, actorId, status: to, dueAt: null, amount };
  await publishReturn(tx, order, step);
  if (!isNotified) await emailOfReturn(tx, order, step);
  if (to === 'escalated') await escalate(tx, order, row, text);
  else await postReturnReleased(tx, order, row.id);
  return task;
}

/** Opens the dispute that a return has become, with the reason and the text that it was asked for. */
async function escalate(tx: Tx, order: OrderRow, { id, reason }: ReturnRow, text: string | null): Promise<void> {
  const [asked] = await tx.repos.returns.events(id);
  await beginDispute(tx, order, { reason: reason === 'changed-mind' ? 'other' : reason, text: text ?? asked?.text ?? '' });
}

/** A dispute is opened: the open return of the order ends with it. Does nothing where there is none. */
export async function endReturnForDispute(tx: Tx, order: OrderRow): Promise<void> {
  const row = await tx.repos.returns.openOf(order.id);
  if (!row) return;
  const event = { action: 'escalate' as const, actorId: order.buyerId, text: null };
  if (!(await tx.repos.returns.transition(row, 'escalated', { dueAt: null }, event, tx.at))) throw new Raced();
  await postReturnEnded(tx, order, row.id);
  const step = { returnId: row.id, action: event.action, actorId: order.buyerId, status: 'escalated' as const, dueAt: null, amount: null };
  await publishReturn(tx, order, step);
  await emailOfReturn(tx, order, step);
}

/**
 * The bank has decided about the payment of an order: the deadline of its open return has waited for that, and begins anew. Where nothing is
 * left of the payment, the return is closed. The change has locked the order.
 */
export async function resumeReturn(tx: Tx, order: OrderRow, payment: PaymentRow): Promise<void> {
  const row = await tx.repos.returns.openOf(order.id);
  if (!row) return;
  if (payment.chargedBackE8 > 0n && refundableE8(payment) === 0n) {
    const text = 'The buyer’s bank decided for the buyer, and took the payment back.';
    await closeReturn(tx, order, row, 'closed', { action: 'expire', actorId: SYSTEM_ID, text, isNotified: true });
  } else await tx.repos.returns.setDue(row.id, returnDueAt(row.status, tx.settings.orderTimes, tx.at)!);
}
