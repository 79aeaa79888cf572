import type { Tx } from '../kernel/context.ts';

/** Locks an order until the change ends, after its listings by ascending id, as all that lock both. Does nothing when there is none. */
export async function lockOrder({ repos }: Tx, id: number): Promise<void> {
  const order = await repos.orders.findById(id);
  if (!order) return;
  const items = (await repos.orders.items([id])).get(id) ?? [order];
  for (const listingId of items.map((item) => item.listingId).toSorted((a, b) => a - b)) await repos.listings.lock(listingId);
  await repos.orders.lock(id);
}
