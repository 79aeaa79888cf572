import { AppError } from '../kernel/errors.ts';
import type { Tx } from '../kernel/context.ts';
import { transition } from '../kernel/transition.ts';
import type { ListingRow } from '../listings/ports.ts';
import { LISTING, transitionIn } from '../listings/transition-listing.ts';
import type { OrderItemRow, OrderRow } from './ports.ts';

/** Why so many units of a listing are not to be had. */
export function outOfStock({ quantity, reserved }: Pick<ListingRow, 'quantity' | 'reserved'>): AppError {
  const left = quantity - reserved;
  if (left > 0) return new AppError('OUT_OF_STOCK', { message: left === 1 ? 'Only one is left.' : `Only ${left} are left.` });
  if (reserved === 0) return new AppError('OUT_OF_STOCK', { message: 'This listing is sold out.' });
  return new AppError('OUT_OF_STOCK', { message: 'Other buyers have reserved this listing. If they do not pay, it is available again.' });
}

/**
 * Reserves units of a listing for an order, in one guarded UPDATE that locks the listing until the change ends. Orders of several listings
 * reserve them by ascending id.
 * @throws AppError LISTING_NOT_FOUND, LISTING_NOT_FOR_SALE, OUT_OF_STOCK
 */
export async function reserve(tx: Tx, listingId: number, quantity: number): Promise<ListingRow> {
  const reserved = await tx.repos.stock.reserve(listingId, quantity, ['active']);
  const listing = await tx.repos.listings.findById(listingId);
  if (!listing) throw new AppError('LISTING_NOT_FOUND');
  if (listing.status !== 'active') throw new AppError('LISTING_NOT_FOR_SALE');
  if (!reserved) throw outOfStock(listing);
  await publishStock(tx, listing);
  return listing;
}

const publishStock = (tx: Tx, { id, sellerId }: Pick<ListingRow, 'id' | 'sellerId'>) =>
  tx.publish('listing.changed', { sellerId, listingId: id });

/** What an order is about; an order of an older release is about one unit of its listing. */
async function itemsOf(tx: Tx, order: OrderRow): Promise<OrderItemRow[]> {
  const items = (await tx.repos.orders.items([order.id])).get(order.id);
  if (items) return items;
  const { id, listingId, title, category, priceE8 } = order;
  await tx.repos.orders.addItems(id, [{ listingId, title, category, unitPriceE8: priceE8, quantity: 1, stock: 'none' }]);
  return (await tx.repos.orders.items([id])).get(id) ?? [];
}

/**
 * Makes sure that an order holds its units before money moves: one of an older release has not reserved any.
 * @throws AppError LISTING_SOLD (the units are sold), OUT_OF_STOCK (other buyers have reserved them)
 */
export async function requireReserved(tx: Tx, order: OrderRow): Promise<void> {
  for (const item of await itemsOf(tx, order)) {
    if (item.stock !== 'none') continue;
    if (!(await tx.repos.stock.reserve(item.listingId, item.quantity, ['active', 'paused']))) {
      const listing = await tx.repos.listings.findById(item.listingId);
      throw listing && listing.reserved > 0 ? outOfStock(listing) : new AppError('LISTING_SOLD');
    }
    await tx.repos.stock.moveItem(item.id, 'none', 'reserved');
  }
}

/** An order was paid: its units are sold, and a listing without any left is `sold` until its seller offers it again. */
export async function sell(tx: Tx, order: OrderRow): Promise<void> {
  for (const { id, listingId, quantity } of await itemsOf(tx, order)) {
    if (!(await tx.repos.stock.moveItem(id, 'reserved', 'sold'))) continue;
    await tx.repos.stock.sell(listingId, quantity, tx.at);
    const listing = await tx.repos.listings.findById(listingId);
    if (listing?.quantity === 0 && (listing.status === 'active' || listing.status === 'paused'))
      await transitionIn(tx, listing, 'markSold');
    else if (listing) await publishStock(tx, listing);
  }
}

/** An order ends unpaid: other buyers can order what it had reserved. */
export async function release(tx: Tx, order: OrderRow): Promise<void> {
  for (const { id, listingId, quantity } of await itemsOf(tx, order)) {
    if (!(await tx.repos.stock.moveItem(id, 'reserved', 'released'))) continue;
    await tx.repos.stock.release(listingId, quantity);
    const listing = await tx.repos.listings.findById(listingId);
    if (listing) await publishStock(tx, listing);
  }
}

/** Units of an order that was not shipped are in stock again, and a listing that a sale had marked sold is for sale again. */
async function putBack(tx: Tx, listingId: number, quantity: number): Promise<void> {
  const before = await tx.repos.stock.statusBeforeSale(listingId);
  await tx.repos.stock.restock(listingId, quantity, tx.at);
  const listing = await tx.repos.listings.findById(listingId);
  if (listing?.status === 'sold' && before) await transition(tx, LISTING, listing, before, { move: 'relist' });
  else if (listing) await publishStock(tx, listing);
}

/** A paid order ends before it was shipped: its units go back to stock, but for those that were cancelled before. */
export async function restock(tx: Tx, order: OrderRow): Promise<void> {
  for (const { id, listingId, quantity, cancelled } of await itemsOf(tx, order)) {
    if (!(await tx.repos.stock.moveItem(id, 'sold', 'released'))) continue;
    if (quantity > cancelled) await putBack(tx, listingId, quantity - cancelled);
  }
}

/** Units of a paid order are cancelled: they go back to stock, by ascending id of their listings. */
export async function restockUnits(tx: Tx, units: readonly { listingId: number; quantity: number }[]): Promise<void> {
  for (const { listingId, quantity } of units.toSorted((a, b) => a.listingId - b.listingId)) await putBack(tx, listingId, quantity);
}

/** An order ends without a sale: what it had reserved or bought goes back to stock, once. */
export async function returnStock(tx: Tx, order: OrderRow): Promise<void> {
  await release(tx, order);
  await restock(tx, order);
}
