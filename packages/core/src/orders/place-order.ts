import type { OrderView, PlaceOrderInput } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { ListingRow } from '../listings/ports.ts';
import { requireReadable } from '../listings/readable-listing.ts';
import { hasRatings } from '../ratings/ratings-on.ts';
import { requireOpenStore } from '../stores/vacation.ts';
import { viewOfOrder } from './orders.ts';
import type { OrderRow } from './ports.ts';
import { parcelPriceE8 } from './shipping.ts';
import { reserve } from './stock.ts';
import { dueAtOf } from './rules.ts';
import { AMOUNT_MAX_E8, totalE8Of } from './totals.ts';

/** What a buyer orders of one seller: one parcel. */
export interface Parcel {
  sellerId: number;
  currency: string;
  /** As they were reserved in the same change. */
  items: readonly { listing: ListingRow; quantity: number }[];
  shippingE8: bigint;
  note: string | null;
  delivery: OrderRow['delivery'];
}

/** Places the order of a parcel for the prices that its listings have now. @throws AppError VALIDATION_FAILED (the amount is too large) */
export async function createOrder(tx: Tx, buyerId: number, groupId: number, parcel: Parcel): Promise<number> {
  const { sellerId, currency, items, shippingE8, note, delivery } = parcel;
  const priceE8 = items.reduce((sum, { listing, quantity }) => sum + listing.priceE8 * BigInt(quantity), 0n);
  if (totalE8Of({ priceE8, shippingE8 }) > AMOUNT_MAX_E8)
    throw new AppError('VALIDATION_FAILED', { message: 'The total of this order is larger than an amount can be.' });
  const escrowEnabled = items.some(({ listing }) => listing.escrowEnabled);
  const rows = items.map(({ listing: { id, title, category, priceE8: unitPriceE8 }, quantity }) => ({
    listingId: id,
    title,
    category,
    unitPriceE8,
    quantity,
    stock: 'reserved' as const,
  }));
  const order = {
    groupId,
    sellerId,
    buyerId,
    priceE8,
    shippingE8,
    currency,
    note,
    delivery,
    escrowEnabled,
    dueAt: dueAtOf('placed', tx.settings.orderTimes, tx.at),
    items: rows,
  };
  const id = await tx.repos.orders.create(order, tx.at);
  const listingId = rows[0]!.listingId;
  await tx.audit('order.placed', 'order', id, { listingId, priceE8: String(priceE8), shippingE8: String(shippingE8), currency });
  await tx.publish('order.placed', { orderId: id, sellerId, buyerId, listingId });
  return id;
}

/** Checkouts of one buyer that may be unpaid at a time: they keep units from other buyers. */
const UNPAID_MAX = 20;

/** @throws AppError UNPAID_ORDERS_LIMIT */
export async function requireFewUnpaid({ repos }: Tx, buyerId: number): Promise<void> {
  if ((await repos.orders.countUnpaidGroups(buyerId)) >= UNPAID_MAX) throw new AppError('UNPAID_ORDERS_LIMIT');
}

/**
 * Orders one listing, for the prices that it and its shipping have now. Its units are reserved until the order is paid or ends.
 * @throws AppError UNAUTHENTICATED, UNPAID_ORDERS_LIMIT, LISTING_NOT_FOUND, LISTING_NOT_FOR_SALE, OUT_OF_STOCK, OWN_LISTING, STORE_CLOSED, VALIDATION_FAILED (the
 *   amount is too large), EDIT_CONFLICT (the listing is not as the buyer saw it)
 */
export async function placeOrder(ctx: Context, input: PlaceOrderInput): Promise<OrderView> {
  const actor = requireUser(ctx.actor);
  const ratings = await hasRatings(ctx);
  const { listingId, quantity = 1 } = input;
  const buyerId = actor.id;
  return ctx.change(async (tx) => {
    await requireFewUnpaid(tx, buyerId);
    const { sellerId } = await requireReadable(tx, listingId);
    if (sellerId === buyerId) throw new AppError('OWN_LISTING');
    const listing = await reserve(tx, listingId, quantity);
    if (input.version !== undefined && input.version !== listing.version)
      throw new AppError('EDIT_CONFLICT', { message: 'This listing has changed since you opened it. Look at it again, then order.' });
    await requireOpenStore(tx, sellerId);
    const { currency } = listing;
    const shippingE8 = parcelPriceE8([listing.shippingInfo]);
    const groupId = await tx.repos.orders.createGroup({ buyerId, currency, address: null }, tx.at);
    const id = await createOrder(tx, buyerId, groupId, {
      sellerId,
      currency,
      items: [{ listing, quantity }],
      shippingE8,
      note: null,
      delivery: null,
    });
    const row = await tx.repos.orders.findById(id);
    if (!row) throw new Error(`The order ${id} that was just placed is not there.`);
    return viewOfOrder(tx, row, actor, ratings);
  });
}
