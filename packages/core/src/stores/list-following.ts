import type { Following } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPageOf } from '../kernel/cursor.ts';
import { toListingViews } from '../listings/views.ts';
import { hasRatings } from '../ratings/ratings-on.ts';
import { sellerViews } from '../sellers/sellers.ts';
import type { FollowRow } from './ports.ts';

/** Looks that are closer than this are one: what was new a moment ago still is. */
const LOOK_MS = 30 * 60_000;
/** Listings that are shown of each store. */
const SHOWN = 4;
const KIND = 'following';

/** The stores that the actor follows, the latest first, with their newest listings. @throws AppError UNAUTHENTICATED, INVALID_CURSOR */
export async function listFollowing(ctx: Context, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Following> {
  const { id } = requireUser(ctx.actor);
  const { stores } = ctx.repos;
  const after = cursor ? decodeCursor(cursor, KIND, ['date', 'number']) : undefined;
  const [rows, total, lastLook] = await Promise.all([
    stores.following(id, limit + 1, after),
    stores.countFollowing(id),
    stores.previousVisit(id),
  ]);
  const page = await toPageOf(
    rows,
    limit,
    (shown) => followedStores(ctx, shown, lastLook),
    ({ followedAt, sellerId }) => encodeCursor(KIND, [followedAt.toISOString(), sellerId]),
  );
  return { ...page, total, lastLookAt: lastLook?.toISOString() ?? null };
}

async function followedStores(ctx: Context, rows: readonly FollowRow[], lastLook: Date | null): Promise<Following['items']> {
  const ids = rows.map(({ sellerId }) => sellerId);
  if (ids.length === 0) return [];
  const { stores } = ctx.repos;
  const [sellers, counts, listings] = await Promise.all([
    ctx.repos.sellers.findMany(ids),
    lastLook && stores.countListingsSince(ids, lastLook),
    Promise.all(ids.map((sellerId) => ctx.repos.listings.listBySeller(sellerId, SHOWN))).then((found) => toListingViews(ctx, found.flat())),
  ]);
  const toView = await sellerViews(ctx, sellers, await hasRatings(ctx));
  const viewOf = new Map(sellers.map((row) => [row.id, toView(row)]));
  return rows.flatMap(({ sellerId, followedAt }) => {
    const seller = viewOf.get(sellerId);
    if (!seller) return []; // no seller any more
    return {
      seller,
      followedAt: followedAt.toISOString(),
      listings: listings.filter((listing) => listing.sellerId === sellerId),
      newListings: counts && (counts.get(sellerId) ?? 0),
    };
  });
}

/** Notes that the actor looked at what they follow. @throws AppError UNAUTHENTICATED */
export async function visitFollowing(ctx: Context): Promise<void> {
  const { id } = requireUser(ctx.actor);
  await ctx.change((tx) => tx.repos.stores.recordVisit(id, tx.at, LOOK_MS));
}
