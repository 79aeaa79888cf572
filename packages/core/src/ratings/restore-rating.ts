import type { RatingChange } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireRatings } from './ratings-on.ts';
import { submitRating } from './submit-rating.ts';

/**
 * Puts a rating back that the actor withdrew: what it said last, submitted anew under its id. The history shows all three.
 * @throws AppError UNAUTHENTICATED, RATINGS_OFF, RATING_NOT_FOUND (not withdrawn, or another buyer's), and what {@link submitRating} throws
 */
export async function restoreRating(ctx: Context, input: { id: number }): Promise<RatingChange> {
  const actor = requireUser(ctx.actor);
  await requireRatings(ctx);
  const last = (await ctx.repos.ratings.versions(input.id)).at(-1);
  if (last?.action !== 'withdrawn' || last.raterId !== actor.id) throw new AppError('RATING_NOT_FOUND');
  const { sellerId, rating, comment, orderId } = last;
  return submitRating(ctx, { sellerId, rating, comment, ...(orderId === null ? {} : { orderId }) });
}
