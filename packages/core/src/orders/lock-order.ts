import type { Reads, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { OrderRow } from './ports.ts';
import { partyOf, type Party } from './rules.ts';

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

/** An order, and which side of it a user is on. @throws AppError ORDER_NOT_FOUND (also where the user is on none) */
export async function requireParty({ repos }: Reads, id: number, userId: number): Promise<{ order: OrderRow; party: Party }> {
  const order = await repos.orders.findById(id);
  const party = order && partyOf(order, userId);
  if (!order || !party) throw new AppError('ORDER_NOT_FOUND');
  return { order, party };
}

/** The same, locked until the change ends. @throws AppError ORDER_NOT_FOUND */
export async function lockAsParty(tx: Tx, id: number, userId: number): Promise<{ order: OrderRow; party: Party }> {
  await lockOrder(tx, id);
  return requireParty(tx, id, userId);
}
