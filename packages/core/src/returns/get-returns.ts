import { formatPriceE8, trackingUrl, type OrderReturns, type ReturnView } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Reads } from '../kernel/context.ts';
import { requireParty } from '../orders/lock-order.ts';
import type { OrderItemRow, OrderRow } from '../orders/ports.ts';
import { partyOf, SYSTEM_ID, type Party } from '../orders/rules.ts';
import { refundableE8 } from '../payments/begin-refund.ts';
import type { ReturnEventRow, ReturnItemRow, ReturnRow } from './ports.ts';
import { isReturnable, paysShipping, RETURN_DEADLINES, returnAmountE8, returnMovesFor, returnUntil, unitsToReturn } from './rules.ts';

interface ReturnParts {
  order: OrderRow;
  reader: Party | 'platform';
  /** Of the order. */
  items: readonly OrderItemRow[];
  /** Of the return. */
  returned: readonly ReturnItemRow[];
  events: readonly ReturnEventRow[];
  /** What is left of the payment. */
  left: bigint;
  /** It waits for the buyer’s bank. */
  paused: boolean;
}

function viewOf(row: ReturnRow, { order, reader, items, returned, events, left, paused }: ReturnParts): ReturnView {
  const { id, orderId, reason, status, address, carrier, trackingNumber, refundE8, dueAt, createdAt, closedAt } = row;
  const amountE8 = refundE8 ?? returnAmountE8(order, reason, items, returned, left);
  return {
    id,
    orderId,
    reason,
    status,
    items: returned.map(({ itemId, quantity }) => {
      const { listingId, title } = items.find((item) => item.id === itemId)!;
      return { listingId, title, quantity };
    }),
    amount: formatPriceE8(amountE8, order.currency),
    currency: order.currency,
    paysShipping: paysShipping(reason),
    address,
    carrier,
    trackingNumber,
    trackingUrl: trackingUrl(carrier, trackingNumber),
    paused: paused && closedAt === null,
    moves: paused || reader === 'platform' ? [] : returnMovesFor(reader, row),
    dueAt: dueAt?.toISOString() ?? null,
    dueTo: RETURN_DEADLINES[status]?.to ?? null,
    events: events.map(({ action, actorId, text, at }) => ({
      action,
      by: actorId === SYSTEM_ID ? 'system' : (partyOf(order, actorId) ?? 'platform'),
      text,
      at: at.toISOString(),
    })),
    createdAt: createdAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
  };
}

/** What the returns of an order are read from. */
async function partsOf({ repos }: Reads, { id }: OrderRow) {
  const payment = await repos.payments.find(id);
  const paused = payment?.isDisputedAtBank ?? false;
  // What the bank has taken may come back: it says nothing of the amount yet.
  const left = payment ? refundableE8(paused ? { ...payment, isDisputedAtBank: false, chargedBackE8: 0n } : payment) : 0n;
  const items = (await repos.orders.items([id])).get(id) ?? [];
  return { rows: await repos.returns.listOf(id), items, returned: await repos.returns.itemsOf(id), left, paused };
}

async function viewsOf(
  { repos }: Reads,
  order: OrderRow,
  reader: Party | 'platform',
  { rows, returned, ...parts }: Awaited<ReturnType<typeof partsOf>>,
): Promise<ReturnView[]> {
  const views: ReturnView[] = [];
  for (const row of rows) {
    const own = returned.filter(({ returnId }) => returnId === row.id);
    views.push(viewOf(row, { ...parts, order, reader, returned: own, events: await repos.returns.events(row.id) }));
  }
  return views;
}

/** The returns of an order, oldest first. */
export const viewsOfReturns = async (reads: Reads, order: OrderRow, reader: Party | 'platform'): Promise<ReturnView[]> =>
  viewsOf(reads, order, reader, await partsOf(reads, order));

/** The returns of an order as one of its sides sees them. @throws AppError ORDER_NOT_FOUND (also another party's) */
export async function returnsOf(reads: Reads, orderId: number, userId: number): Promise<OrderReturns> {
  const { order, party } = await requireParty(reads, orderId, userId);
  const parts = await partsOf(reads, order);
  const { rows, items, returned, left, paused } = parts;
  const times = reads.settings.orderTimes;
  const isOpen = rows.some(({ status }) => RETURN_DEADLINES[status] !== null);
  const isPossible = party === 'buyer' && !isOpen && !paused && left > 0n && isReturnable(order, times, reads.now());
  const may = isPossible && !(await reads.repos.disputes.ofOrder(orderId));
  const units = unitsToReturn(items, rows, returned);
  const returnable = items.map(({ id, listingId, title }) => ({ listingId, title, quantity: units.get(id) ?? 0 }));
  return {
    items: await viewsOf(reads, order, party, parts),
    returnable: may ? returnable.filter(({ quantity }) => quantity > 0) : [],
    until: returnUntil(order, times)?.toISOString() ?? null,
  };
}

/** @throws AppError UNAUTHENTICATED, ORDER_NOT_FOUND (also another party's) */
export const getReturns = (ctx: Context, { id }: { id: number }): Promise<OrderReturns> => returnsOf(ctx, id, requireUser(ctx.actor).id);
