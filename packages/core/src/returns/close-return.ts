import { formatPriceE8, type ReturnAction } from '@assay/contract';
import { beginDispute } from '../disputes/begin-dispute.ts';
import type { Tx } from '../kernel/context.ts';
import { Raced } from '../kernel/raced.ts';
import { postRelease, postReturnEnded } from '../ledger/order-money.ts';
import type { OrderRow } from '../orders/ports.ts';
import { restockUnits } from '../orders/stock.ts';
import { beginRefund, refundableE8 } from '../payments/begin-refund.ts';
import type { ReturnRow } from './ports.ts';
import { publishReturn } from './publish-return.ts';
import { returnAmountE8 } from './rules.ts';

interface Closing {
  action: ReturnAction;
  actorId: number;
  text?: string | null;
  /** What came back is in stock again. */
  restock?: boolean;
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
  { action, actorId, text = null, restock = false }: Closing,
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
  await publishReturn(tx, order, { returnId: row.id, action, actorId, status: to, dueAt: null, amount });
  if (to === 'escalated') await escalate(tx, order, row, text);
  else if (order.status === 'completed') await postRelease(tx, order);
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
  const { id: returnId } = row;
  await publishReturn(tx, order, { returnId, action: 'escalate', actorId: order.buyerId, status: 'escalated', dueAt: null, amount: null });
}
