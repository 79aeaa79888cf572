import { LISTING_STATUSES, type ListingStatus, type OwnListingDetail, type OwnListingsPage, type OwnListingsQuery } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPageOf } from '../kernel/cursor.ts';
import { ownListing } from './own-listing.ts';
import type { ListingRow } from './ports.ts';
import { toOwnListing, withImages } from './views.ts';

/** How a list goes on after a row: its time and id where it is sorted by time, its id otherwise. */
const sortKeys = (sort: OwnListingsQuery['sort'], row: ListingRow) =>
  sort === 'updated' ? [row.updatedAt.toISOString(), row.id] : [row.id];

const decode = (cursor: string, kind: string, sort: OwnListingsQuery['sort']): (number | Date)[] => [
  ...(sort === 'updated' ? decodeCursor(cursor, kind, ['date', 'number']) : decodeCursor(cursor, kind, ['number'])),
];

/** My listings in all their states, and how many there are of each. @throws AppError UNAUTHENTICATED, INVALID_CURSOR */
export async function listOwnListings(ctx: Context, query: OwnListingsQuery): Promise<OwnListingsPage> {
  const actor = requireUser(ctx.actor);
  const { status, q, sort, limit, cursor } = query;
  const kind = `own-listings-${sort}`;
  const found = { sellerId: actor.id, ...(q ? { search: q } : {}) };
  const after = cursor ? decode(cursor, kind, sort) : undefined;
  const [rows, counts] = await Promise.all([
    ctx.repos.listings.listOwn({ ...found, status, sort, limit: limit + 1, after }),
    ctx.repos.listings.countOwn(found),
  ]);
  const page = await toPageOf(
    rows,
    limit,
    (shown) => withImages(ctx, shown, toOwnListing),
    (row) => encodeCursor(kind, sortKeys(sort, row)),
  );
  return {
    ...page,
    counts: Object.fromEntries(LISTING_STATUSES.map((one) => [one, counts.get(one) ?? 0])) as Record<ListingStatus, number>,
  };
}

/** A listing of mine and its moves. @throws AppError UNAUTHENTICATED, LISTING_NOT_FOUND (also another user's) */
export async function getOwnListing(ctx: Context, { id }: { id: number }): Promise<OwnListingDetail> {
  const actor = requireUser(ctx.actor);
  const [listing, events] = await Promise.all([ownListing(ctx, id, actor.id), ctx.repos.listings.events(id)]);
  return {
    ...listing,
    events: events.map(({ from, to, at }) => ({ from, to, at: at.toISOString() })),
  };
}
