import type { Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { transition } from '../kernel/transition.ts';
import { LISTING, transitionIn } from '../listings/transition-listing.ts';
import { ORDER } from './order-machine.ts';
import type { OrderRow } from './ports.ts';

/** Unpaid orders that are cancelled with a sale. Those of more buyers than this are refused when they are to be paid. */
const CANCELLED_MAX = 100;

/**
 * Of a listing there is one: of several buyers one may pay. The change has locked the listing.
 * @throws AppError LISTING_SOLD (another buyer has paid since this order was placed), LISTING_NOT_FOR_SALE (another is paying now)
 */
export async function requireFirst(tx: Tx, order: OrderRow): Promise<void> {
  const competition = await tx.repos.orders.competition(order);
  if (competition === 'sold') throw new AppError('LISTING_SOLD');
  if (competition === 'being-paid')
    throw new AppError('LISTING_NOT_FOR_SALE', {
      message: 'Another buyer is paying for this listing right now. Try again in a few minutes.',
      retryAfterS: 60,
    });
}

/**
 * An order was paid: its listing is sold until its seller offers it again, and the unpaid orders of it are cancelled. The change has
 * locked the listing.
 */
export async function sellListing(tx: Tx, { listingId, sellerId }: Pick<OrderRow, 'listingId' | 'sellerId'>): Promise<void> {
  const listing = await tx.repos.listings.findById(listingId);
  if (listing?.status === 'active' || listing?.status === 'paused') await transitionIn(tx, listing, 'markSold');
  for (const unpaid of await tx.repos.orders.listUnpaid(listingId, CANCELLED_MAX))
    await transition(tx, ORDER, unpaid, 'cancelled', { actorId: sellerId });
}

/** A paid order is cancelled: what it had sold is offered again, unless the seller has changed that since. */
export async function offerListingAgain(tx: Tx, { id, listingId }: Pick<OrderRow, 'id' | 'listingId'>): Promise<void> {
  const [listing, listingEvents, orderEvents] = [
    await tx.repos.listings.findById(listingId),
    await tx.repos.listings.events(listingId),
    await tx.repos.orders.events(id),
  ];
  const sold = listingEvents.at(-1);
  const paid = orderEvents.find(({ to }) => to === 'paid');
  if (listing?.status !== 'sold' || !sold?.from || sold.at.getTime() !== paid?.at.getTime()) return; // one change wrote both
  await transition(tx, LISTING, listing, sold.from, { move: 'relist' });
}
