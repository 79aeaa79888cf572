import { AppError } from '../kernel/errors.ts';
import type { Tx } from '../kernel/context.ts';

/**
 * Makes sure that a seller may have so many more listings, and that another request does not take their room: archived ones do not count.
 * @throws AppError LISTING_LIMIT
 */
export async function requireRoom(tx: Pick<Tx, 'repos' | 'settings' | 'at'>, sellerId: number, more: number): Promise<void> {
  await tx.repos.accounts.lock(sellerId, tx.at);
  const counts = await tx.repos.listings.countOwn({ sellerId });
  counts.delete('archived');
  const room = tx.settings.listingsMax - counts.values().reduce((sum, count) => sum + count, 0);
  if (more <= room) return;
  const message = `You can have up to ${tx.settings.listingsMax.toLocaleString('en')} listings, archived ones aside: there is room for ${Math.max(0, room).toLocaleString('en')} more.`;
  throw new AppError('LISTING_LIMIT', { message });
}
