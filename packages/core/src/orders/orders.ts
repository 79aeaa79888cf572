import {
  formatPriceE8,
  type ImageView,
  type ListOrdersQuery,
  type OrderCounts,
  type OrderDetail,
  type OrderItemView,
  type OrderPage,
  type OrderView,
  trackingUrl,
  type OrderActor,
} from '@assay/contract';
import { chargebacksOf } from '../chargebacks/list-chargebacks.ts';
import { requireUser, type UserActor } from '../kernel/actor.ts';
import type { Context, Reads } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPageOf } from '../kernel/cursor.ts';
import { AppError } from '../kernel/errors.ts';
import { imagesOf } from '../images/views.ts';
import { hasRatings } from '../ratings/ratings-on.ts';
import { refundsOf } from '../payments/refund-order.ts';
import { payableTogether, payableView } from './payable.ts';
import { cancelledItemsOf } from './cancelled-items.ts';
import type { OrderEventRow, OrderItemRow, OrderRow } from './ports.ts';
import { releaseOf } from './release-order.ts';
import { DEADLINES, disputeUntil, isDisputable, movesFor, partyOf, SYSTEM_ID } from './rules.ts';
import { soleItem, totalE8Of } from './totals.ts';

const itemView = (item: OrderItemRow, currency: string, image: ImageView | null): OrderItemView => ({
  listingId: item.listingId,
  title: item.title,
  category: item.category,
  unitPrice: formatPriceE8(item.unitPriceE8, currency),
  quantity: item.quantity,
  cancelled: item.cancelled,
  image,
});

function toOrderView(row: OrderRow, items: OrderItemView[], actor: UserActor, ratings: boolean): OrderView {
  const {
    priceE8,
    shippingE8,
    createdAt,
    updatedAt,
    completedAt,
    dueAt,
    dueStatus,
    releaseAt: _releaseAt,
    chargeId: _charge,
    ...rest
  } = row;
  const deadline = dueStatus === row.status && dueAt ? { dueAt: dueAt.toISOString(), dueTo: DEADLINES[row.status]?.to ?? null } : null;
  const party = partyOf(row, actor.id);
  return {
    ...rest,
    items,
    image: items[0]?.image ?? null,
    ratingId: ratings && party === 'buyer' ? row.ratingId : null,
    price: formatPriceE8(priceE8, row.currency),
    shipping: formatPriceE8(shippingE8, row.currency),
    total: formatPriceE8(totalE8Of(row), row.currency),
    moves: party ? movesFor(party, row) : [],
    trackingUrl: trackingUrl(row.carrier, row.trackingNumber),
    ...(deadline ?? { dueAt: null, dueTo: null }),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    completedAt: completedAt?.toISOString() ?? null,
  };
}

/** Orders with their items and pictures. @param ratings whether the actor has ratings: without them nothing is said of theirs */
export async function toOrderViews(ctx: Reads, rows: readonly OrderRow[], actor: UserActor, ratings: boolean): Promise<OrderView[]> {
  const stored = await ctx.repos.orders.items(rows.map(({ id }) => id));
  const items = rows.map((row) => stored.get(row.id) ?? [soleItem(row)]);
  const images = await imagesOf(ctx, 'listing', [...new Set(items.flat().map(({ listingId }) => listingId))]);
  return rows.map((row, i) => {
    const views = items[i]!.map((item) => itemView(item, row.currency, images.get(item.listingId) ?? null));
    const isToBePaid = row.payment === null || row.payment === 'failed';
    const testPayment = isToBePaid ? ctx.settings.testPayments : row.testPayment;
    return toOrderView({ ...row, testPayment }, views, actor, ratings);
  });
}

/** One order with its items and pictures. */
export async function viewOfOrder(ctx: Reads, row: OrderRow, actor: UserActor, ratings: boolean): Promise<OrderView> {
  const [view] = await toOrderViews(ctx, [row], actor, ratings);
  return view!;
}

/** A step of an order, with the side that took it. */
export function toEventView(order: OrderRow, { from, to, at, actorId, reason }: OrderEventRow): OrderDetail['events'][number] {
  const by: OrderActor = actorId === SYSTEM_ID ? 'system' : (partyOf(order, actorId) ?? 'platform');
  return { from, to, at: at.toISOString(), byBuyer: by === 'buyer', by, reason };
}

/** @throws AppError UNAUTHENTICATED, ORDER_NOT_FOUND (also another user's) */
export async function getOrder(ctx: Context, id: number): Promise<OrderDetail> {
  const actor = requireUser(ctx.actor);
  const ratings = await hasRatings(ctx);
  const row = await ctx.repos.orders.findById(id);
  const party = row && partyOf(row, actor.id);
  if (!row || !party) throw new AppError('ORDER_NOT_FOUND');
  const [events, view] = await Promise.all([ctx.repos.orders.events(id), viewOfOrder(ctx, row, actor, ratings)]);
  // Only orders of an older release were placed without a reservation.
  const reserved = (await ctx.repos.orders.items([id])).get(id)?.some(({ stock }) => stock !== 'none');
  const cancelled = events.find(({ to, actorId }) => to === 'cancelled' && actorId !== row.buyerId);
  const lost = cancelled && !reserved && row.payment !== 'refunded' && (await ctx.repos.orders.soldToAnother(row, cancelled.at));
  return {
    ...view,
    ...(await refundsOf(ctx, row, party)),
    chargebacks: await chargebacksOf(ctx, id, row.currency),
    events: events.map((event) => toEventView(row, event)),
    cancelledItems: await cancelledItemsOf(ctx, row),
    disputable: row.buyerId === actor.id && isDisputable(row, ctx.settings.orderTimes, ctx.now()),
    disputeUntil: disputeUntil(row, ctx.settings.orderTimes)?.toISOString() ?? null,
    release: await releaseOf(ctx, row, party),
    payable: await payableWith(ctx, row, actor.id),
    soldToAnother: lost === true,
    address: await addressFor(ctx, row, actor.id),
  };
}

/** What its buyer can pay together with an order, which can be paid itself. */
async function payableWith(ctx: Reads, row: OrderRow, userId: number): Promise<OrderDetail['payable']> {
  if (row.groupId === null || row.buyerId !== userId || payableTogether([row]).length === 0) return null;
  const payable = payableTogether(await ctx.repos.orders.listOfGroup(row.groupId));
  return payable.length > 1 ? payableView(payable) : null;
}

/** Where an order is sent to: its buyer may always know, its seller from the payment on, unless nothing is to be sent. */
async function addressFor(ctx: Reads, row: OrderRow, userId: number): Promise<OrderDetail['address']> {
  if (row.groupId === null || row.delivery !== 'ship') return null;
  const isPaid = row.payment === 'captured' || row.payment === 'refunding' || row.payment === 'refunded';
  const isOver = row.status === 'cancelled' || row.status === 'declined';
  if (userId !== row.buyerId && (!isPaid || isOver)) return null;
  return (await ctx.repos.orders.findGroup(row.groupId))?.address ?? null;
}

/** My purchases, or my sales. @throws AppError UNAUTHENTICATED, INVALID_CURSOR */
export async function listOrders(ctx: Context, query: ListOrdersQuery): Promise<OrderPage> {
  const actor = requireUser(ctx.actor);
  const ratings = await hasRatings(ctx);
  const before = query.cursor ? decodeCursor(query.cursor, `orders-${query.as}`, ['number'])[0] : undefined;
  const rows = await ctx.repos.orders.list({
    as: query.as,
    userId: actor.id,
    status: query.status,
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

/** What waits for the actor as a seller. @throws AppError UNAUTHENTICATED */
export async function countOrders(ctx: Context): Promise<OrderCounts> {
  const { id } = requireUser(ctx.actor);
  const { orders } = ctx.repos;
  return { toShip: await orders.countSales(id, 'paid'), inDispute: await orders.countSales(id, 'disputed') };
}

/** Orders of one page of an export. */
const EXPORTED = 100;

/** All purchases or all sales of the actor, newest first, in pages: never all in memory. @throws AppError UNAUTHENTICATED */
export async function* exportOrders(ctx: Context, query: Pick<ListOrdersQuery, 'as' | 'status'>): AsyncGenerator<OrderView[]> {
  for (let cursor: string | undefined; ;) {
    const page = await listOrders(ctx, { ...query, limit: EXPORTED, cursor });
    if (page.items.length > 0) yield page.items;
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}
