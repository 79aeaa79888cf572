import {
  summaryOf,
  type ListRatingsQuery,
  type MyRatingsPage,
  type MyRatingsQuery,
  type RatingPage,
  type RatingSort,
  type RatingSummary,
  type RatingVersionView,
  type WithdrawnRating,
} from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../kernel/cursor.ts';
import { AppError } from '../kernel/errors.ts';
import { RATING_SORT_KEYS, type RatingRow } from './ports.ts';
import { requireRatings } from './ratings-on.ts';
import { readHistogram, toRatingView, viewerOf } from './views.ts';

/** A seller's numbers, for badges. Public. @throws AppError RATINGS_OFF, SELLER_NOT_FOUND */
export async function getRatingSummary(ctx: Context, input: { sellerId: number }): Promise<RatingSummary> {
  await requireRatings(ctx);
  return summaryOf(input.sellerId, await readHistogram(ctx.repos, input.sellerId));
}

/**
 * A seller's ratings, page by page, and the numbers they make.
 * @throws AppError UNAUTHENTICATED, RATINGS_OFF, SELLER_NOT_FOUND, INVALID_CURSOR
 */
export async function listRatings(ctx: Context, input: ListRatingsQuery & { sellerId: number }): Promise<RatingPage> {
  requireUser(ctx.actor);
  return readRatings(ctx, input);
}

/** The same for the store's page, which everyone may see. @throws AppError RATINGS_OFF, SELLER_NOT_FOUND, INVALID_CURSOR */
export async function readRatings(ctx: Context, input: ListRatingsQuery & { sellerId: number }): Promise<RatingPage> {
  await requireRatings(ctx);
  const { sellerId, sort, limit, stars, withComment } = input;
  const viewerId = viewerOf(ctx.actor);
  const kind = `ratings-${sort}`;
  const after = input.cursor ? [...decodeCursor(input.cursor, kind, RATING_SORT_KEYS[sort])] : undefined;
  const [summary, rows] = await Promise.all([
    getRatingSummary(ctx, { sellerId }),
    ctx.repos.ratings.list({
      sellerId,
      sort,
      limit: limit + 1,
      viewerId,
      stars,
      ...(withComment ? { withComment } : {}),
      after,
    }),
  ]);
  return {
    summary,
    ...toPage(
      rows,
      limit,
      (row) => toRatingView(row, viewerId),
      (row) => encodeCursor(kind, sortKeys(row, sort)),
    ),
  };
}

function sortKeys(row: RatingRow, sort: RatingSort): (number | string)[] {
  if (sort === 'helpful') return [row.helpfulCount, row.id];
  const newest = [row.createdAt.toISOString(), row.id];
  return sort === 'newest' ? newest : [row.rating, ...newest];
}

/** The ratings that I gave, newest first. @throws AppError UNAUTHENTICATED, RATINGS_OFF, INVALID_CURSOR */
export async function listMyRatings(ctx: Context, input: MyRatingsQuery): Promise<MyRatingsPage> {
  const actor = requireUser(ctx.actor);
  await requireRatings(ctx);
  const after = input.cursor ? [...decodeCursor(input.cursor, 'my-ratings', RATING_SORT_KEYS.newest)] : undefined;
  const rows = await ctx.repos.ratings.listByRater(actor.id, input.limit + 1, after);
  return toPage(
    rows,
    input.limit,
    (row) => toRatingView(row, actor.id),
    (row) => encodeCursor('my-ratings', sortKeys(row, 'newest')),
  );
}

/** Withdrawn ratings that are listed, to be put back. */
const WITHDRAWN_MAX = 20;

/** The ratings that I withdrew and may put back, newest first. @throws AppError UNAUTHENTICATED, RATINGS_OFF */
export async function listWithdrawnRatings(ctx: Context): Promise<WithdrawnRating[]> {
  const actor = requireUser(ctx.actor);
  await requireRatings(ctx);
  const rows = await ctx.repos.ratings.withdrawnBy(actor.id, WITHDRAWN_MAX);
  return rows.map(({ at, ...rating }) => ({ ...rating, withdrawnAt: at.toISOString() }));
}

/**
 * Every version of a rating: stars and dates for everybody, earlier comments for their author only.
 * A withdrawn rating's history is its author's alone.
 * @throws AppError RATINGS_OFF, RATING_NOT_FOUND
 */
export async function getRatingHistory(ctx: Context, input: { id: number }): Promise<RatingVersionView[]> {
  await requireRatings(ctx);
  const viewerId = viewerOf(ctx.actor);
  const versions = await ctx.repos.ratings.versions(input.id);
  const latest = versions.at(-1);
  const mine = latest?.raterId === viewerId;
  if (!latest || (latest.action === 'withdrawn' && !mine)) throw new AppError('RATING_NOT_FOUND');
  return versions.map((version) => ({
    version: version.version,
    action: version.action,
    rating: version.rating,
    comment: mine || (version === latest && version.action !== 'struck') ? version.comment : null,
    at: version.at.toISOString(),
  }));
}
