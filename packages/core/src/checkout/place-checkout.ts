import type { CheckoutInput, OrderGroupView } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireReadable } from '../listings/readable-listing.ts';
import { createOrder, requireFewUnpaid } from '../orders/place-order.ts';
import { reserve } from '../orders/stock.ts';
import { hasRatings } from '../ratings/ratings-on.ts';
import { requireOpenStore } from '../stores/vacation.ts';
import { groupView } from './order-group.ts';
import { changesSince, isShipped, quoteOf, versionOf } from './quote.ts';

/**
 * Places an order of each seller, under one group, for the prices that the buyer saw. All of them are placed, or none.
 * @throws AppError UNAUTHENTICATED, UNPAID_ORDERS_LIMIT, EDIT_CONFLICT (a price, or what can be ordered, is another one now), VALIDATION_FAILED (no address; more
 *   than one currency), LISTING_NOT_FOUND, LISTING_NOT_FOR_SALE, OUT_OF_STOCK, OWN_LISTING, STORE_CLOSED, ADDRESS_NOT_FOUND
 */
export async function placeCheckout(ctx: Context, input: CheckoutInput): Promise<OrderGroupView> {
  const actor = requireUser(ctx.actor);
  const ratings = await hasRatings(ctx);
  return ctx.change(async (tx) => {
    await requireFewUnpaid(tx, actor.id);
    // By ascending id, as all that lock several listings; what is read afterwards stays as it is until the change ends.
    for (const { listingId, quantity } of input.items.toSorted((a, b) => a.listingId - b.listingId)) {
      await requireReadable(tx, listingId);
      await reserve(tx, listingId, quantity);
    }
    const quote = await quoteOf(tx, actor.id, input);
    for (const { sellerId } of quote.parcels) await requireOpenStore(tx, sellerId);
    if (versionOf(quote) !== input.version) {
      const changes = changesSince(input.version, quote);
      const message = `${changes.join(' ') || 'This order has changed since you looked at it.'} Check it, then order again.`;
      throw new AppError('EDIT_CONFLICT', { message });
    }
    const { currency, parcels, address } = quote;
    if (parcels.some(({ delivery }) => delivery === null))
      throw new AppError('VALIDATION_FAILED', { message: 'Something of this order is not sent to this address.' });
    if (isShipped(quote) && !address)
      throw new AppError('VALIDATION_FAILED', { fields: [{ field: 'addressId', message: 'Choose where it is sent to.' }] });
    const groupId = await tx.repos.orders.createGroup({ buyerId: actor.id, currency, address: isShipped(quote) ? address : null }, tx.at);
    for (const parcel of parcels) await createOrder(tx, actor.id, groupId, { ...parcel, currency });
    if (address) await tx.repos.addresses.used(address.id, tx.at);
    await tx.repos.basket.remove(
      actor.id,
      input.items.map(({ listingId }) => listingId),
    );
    return groupView(tx, groupId, actor, ratings);
  });
}
