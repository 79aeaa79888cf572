import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { toStruckView } from '../moderation/views.ts';
import type { StruckRatingView, RatingView } from '@assay/contract';
import { requireRatings } from '../ratings/ratings-on.ts';
import { toRatingView } from '../ratings/views.ts';

const PAGE = 200;
const STRUCK_MAX = 10_000;

/** All ratings that the actor received, newest first, then those that were struck out, in pages: never all in memory. @throws AppError UNAUTHENTICATED, RATINGS_OFF */
export async function* exportReceivedRatings(ctx: Context): AsyncGenerator<(RatingView | StruckRatingView)[]> {
  const { id } = requireUser(ctx.actor);
  await requireRatings(ctx);
  let after: (number | Date)[] | undefined;
  for (;;) {
    const rows = await ctx.repos.ratings.list({ sellerId: id, sort: 'newest', viewerId: id, limit: PAGE, after });
    if (rows.length > 0) yield rows.map((row) => toRatingView(row, id));
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) break;
    after = [last.createdAt, last.id];
  }
  const struck = await ctx.repos.moderation.struckOf(id, STRUCK_MAX);
  if (struck.length > 0) yield struck.map(toStruckView);
}
