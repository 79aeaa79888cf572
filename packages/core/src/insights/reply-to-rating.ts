import type { RatingView } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireRatings } from '../ratings/ratings-on.ts';
import { toRatingView } from '../ratings/views.ts';

/**
 * The seller answers a rating, for everybody to read; again, and the answer is changed. Moves no score.
 * @throws AppError UNAUTHENTICATED, RATINGS_OFF, RATING_NOT_FOUND, FORBIDDEN (another seller's store)
 */
export async function replyToRating(ctx: Context, input: { ratingId: number; text: string }): Promise<RatingView> {
  const actor = requireUser(ctx.actor);
  await requireRatings(ctx);
  const { ratingId, text } = input;
  return ctx.change(async (tx) => {
    const rating = await tx.repos.ratings.findById(ratingId, actor.id);
    if (!rating) throw new AppError('RATING_NOT_FOUND');
    if (rating.sellerId !== actor.id) throw new AppError('FORBIDDEN', { message: 'Only the seller can reply to this rating.' });
    const at = tx.at;
    await tx.repos.ratings.saveReply({ ratingId, sellerId: actor.id, text }, at);
    await tx.publish('rating.replied', { ratingId, sellerId: actor.id });
    const version = (rating.reply?.version ?? 0) + 1;
    return toRatingView({ ...rating, reply: { text, at, version } }, actor.id);
  });
}
