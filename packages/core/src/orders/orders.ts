import {
  formatPriceE8,
  type ImageView,
  type ListOrdersQuery,
  type OrderDetail,
  type OrderPage,
  type OrderView,
  type PlaceOrderInput,
} from '@assay/contract';
import { requireUser, type UserActor } from '../kernel/actor.ts';
import type { Context, Reads } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPageOf } from '../kernel/cursor.ts';
import { AppError } from '../kernel/errors.ts';
import { imagesOf } from '../images/views.ts';
import { requireReadable } from '../listings/readable-listing.ts';
import { requireOpenStore } from '../stores/vacation.ts';
import { hasRatings } from '../ratings/ratings-on.ts';
import { refundsOf } from '../payments/refund-order.ts';
import type { OrderRow } from './ports.ts';
import { movesFor, partyOf } from './rules.ts';

function toOrderView(row: OrderRow, actor: UserActor, ratings: boolean, image: ImageView | null): OrderView {
  const { priceE8, createdAt, updatedAt, completedAt, ...rest } = row;
  const party = partyOf(row, actor.id) ?? 'seller';
  return {
    ...rest,
    image,
    ratingId: ratings && party === 'buyer' ? row.ratingId : null,
    price: formatPriceE8(priceE8, row.currency),
    moves: movesFor(party, row),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    completedAt: completedAt?.toISOString() ?? null,
  };
}

/** Orders with the pictures of their listings. @param ratings whether the actor has ratings: without them nothing is said of theirs */
async function toOrderViews(ctx: Reads, rows: readonly OrderRow[], actor: UserActor, ratings: boolean): Promise<OrderView[]> {
  const listings = rows.map(({ listingId }) => listingId);
  const images = await imagesOf(ctx, 'listing', listings);
  return rows.map((row) => toOrderView(row, actor, ratings, images.get(row.listingId) ?? null));
}

/** One order with the picture of its listing. */
export async function viewOfOrder(ctx: Reads, row: OrderRow, actor: UserActor, ratings: boolean): Promise<OrderView> {
  const [view] = await toOrderViews(ctx, [row], actor, ratings);
  return view!;
}

/**
 * Orders a listing, for the price that it has now. The listing is locked meanwhile: it stays for sale, at that price.
 * @throws AppError UNAUTHENTICATED, LISTING_NOT_FOUND, LISTING_NOT_FOR_SALE, OWN_LISTING, STORE_CLOSED, EDIT_CONFLICT (it is not as the buyer saw it)
 */
export async function placeOrder(ctx: Context, input: PlaceOrderInput): Promise<OrderView> {
  const actor = requireUser(ctx.actor);
  const ratings = await hasRatings(ctx);
  return ctx.change(async (tx) => {
    const forSale = await tx.repos.listings.lockForSale(input.listingId);
    const listing = await requireReadable(tx, input.listingId);
    if (listing.sellerId === actor.id) throw new AppError('OWN_LISTING');
    if (!forSale || listing.status !== 'active') throw new AppError('LISTING_NOT_FOR_SALE');
    if (input.version !== undefined && input.version !== listing.version)
      throw new AppError('EDIT_CONFLICT', {
        message: 'The seller has changed this listing since you opened it. Look at it again, then order.',
      });
    const { sellerId, title, priceE8, currency } = listing;
    await requireOpenStore(tx, sellerId);
    const id = await tx.repos.orders.create({ listingId: listing.id, sellerId, buyerId: actor.id, title, priceE8, currency }, tx.at);
    await tx.audit('order.placed', 'order', id, { listingId: listing.id, priceE8: String(priceE8), currency });
    await tx.publish('order.placed', { orderId: id, sellerId, buyerId: actor.id, listingId: listing.id });
    const row = await tx.repos.orders.findById(id);
    if (!row) throw new Error(`The order ${id} that was just placed is not there.`);
    return viewOfOrder(tx, row, actor, ratings);
  });
}

/** @throws AppError UNAUTHENTICATED, ORDER_NOT_FOUND (also another user's) */
export async function getOrder(ctx: Context, id: number): Promise<OrderDetail> {
  const actor = requireUser(ctx.actor);
  const ratings = await hasRatings(ctx);
  const row = await ctx.repos.orders.findById(id);
  if (!row || (row.buyerId !== actor.id && row.sellerId !== actor.id)) throw new AppError('ORDER_NOT_FOUND');
  const [events, view] = await Promise.all([ctx.repos.orders.events(id), viewOfOrder(ctx, row, actor, ratings)]);
  const cancelled = events.find(({ to, actorId }) => to === 'cancelled' && actorId !== row.buyerId);
  const lost = cancelled && row.payment !== 'refunded' && (await ctx.repos.orders.competition(row, cancelled.at)) === 'sold';
  return {
    ...view,
    ...(await refundsOf(ctx, row, actor.id)),
    events: events.map((event) => ({ from: event.from, to: event.to, at: event.at.toISOString(), byBuyer: event.actorId === row.buyerId })),
    soldToAnother: lost === true,
  };
}

/** My purchases, or my sales. @throws AppError UNAUTHENTICATED, INVALID_CURSOR */
export async function listOrders(ctx: Context, query: ListOrdersQuery): Promise<OrderPage> {
  const actor = requireUser(ctx.actor);
  const ratings = await hasRatings(ctx);
  const before = query.cursor ? decodeCursor(query.cursor, `orders-${query.as}`, ['number'])[0] : undefined;
  const rows = await ctx.repos.orders.list({
    as: query.as,
    userId: actor.id,
    limit: query.limit + 1,
    before,
  });
  return toPageOf(
    rows,
    query.limit,
    (shown) => toOrderViews(ctx, shown, actor, ratings),
    (row) => encodeCursor(`orders-${query.as}`, [row.id]),
  );
}
