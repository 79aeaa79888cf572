import type { Tx } from '../kernel/context.ts';

/** Locks an order until the change ends, after its listing: all that lock both do so in this order. Does nothing when there is none. */
export async function lockOrder({ repos }: Tx, id: number): Promise<void> {
  const order = await repos.orders.findById(id);
  if (!order) return;
  await repos.listings.lock(order.listingId);
  await repos.orders.lock(id);
}
