import type { RatingView } from '@assay/contract';
import { requireUser } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { requireRatings } from '../ratings/ratings-on.ts';
import { toRatingView } from '../ratings/views.ts';

/**
 * The seller answers a rating, for everybody to read; again, and the answer is changed. Moves no score.
 * @throws AppError UNAUTHENTICATED, RATINGS_OFF, RATING_NOT_FOUND, FORBIDDEN (somebody else's store)
 */
export async function replyToRating(ctx: Context, input: { ratingId: number; text: string }): Promise<RatingView> {
  const actor = requireUser(ctx.actor);
  await requireRatings(ctx);
  const { ratingId, text } = input;
  return ctx.transaction(async (store) => {
    const rating = await store.ratings.findById(ratingId, actor.id);
    if (!rating) throw new AppError('RATING_NOT_FOUND');
    if (rating.sellerId !== actor.id) throw new AppError('FORBIDDEN', { message: 'Only the seller can reply to this rating.' });
    const at = ctx.now();
    await store.ratings.saveReply({ ratingId, sellerId: actor.id, text }, at);
    await store.outbox.append({ topic: 'rating.replied', subjectId: actor.id, payload: { ratingId } }, at);
    const version = (rating.reply?.version ?? 0) + 1;
    return toRatingView({ ...rating, reply: { text, at, version } }, actor.id);
  });
}
