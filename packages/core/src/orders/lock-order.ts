import type { Tx } from '../kernel/context.ts';

/**
 * Locks orders until the change ends, by ascending id and after their listings by ascending id, as all that lock both. Those that do not
 * exist are left out.
 */
export async function lockOrders({ repos }: Tx, ids: readonly number[]): Promise<void> {
  const items = await repos.orders.items(ids);
  const listings = new Set<number>();
  for (const id of ids) {
    const own = items.get(id) ?? [await repos.orders.findById(id)]; // one of an older release has no items
    for (const item of own) if (item) listings.add(item.listingId);
  }
  for (const listingId of [...listings].toSorted((a, b) => a - b)) await repos.listings.lock(listingId);
  for (const id of ids.toSorted((a, b) => a - b)) await repos.orders.lock(id);
}

/** Locks one order. Does nothing when there is none. */
export const lockOrder = (tx: Tx, id: number): Promise<void> => lockOrders(tx, [id]);
