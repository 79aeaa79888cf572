import type { OrderDetail } from '@assay/contract';
import type { Reads } from '../kernel/context.ts';
import type { OrderRow } from './ports.ts';
import { partyOf } from './rules.ts';

/** What the page of an order says of items that were cancelled. */
export async function cancelledItemsOf({ repos }: Pick<Reads, 'repos'>, order: OrderRow): Promise<OrderDetail['cancelledItems']> {
  const rows = await repos.orders.cancelledItems(order.id);
  if (rows.length === 0) return [];
  const items = new Map(((await repos.orders.items([order.id])).get(order.id) ?? []).map((item) => [item.id, item]));
  return rows.map(({ itemId, quantity, actorId, reason, at }) => {
    const { listingId, title } = items.get(itemId)!;
    return { listingId, title, quantity, by: partyOf(order, actorId) ?? 'platform', reason, at: at.toISOString() };
  });
}
