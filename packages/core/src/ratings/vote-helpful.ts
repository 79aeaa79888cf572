import type { RatingView } from '@assay/contract';
import { requireUser } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { requireRatings } from './ratings-on.ts';
import { toRatingView } from './views.ts';

/**
 * Says that a rating was helpful, or takes that back; doing it twice changes nothing. Moves no score.
 * @throws AppError UNAUTHENTICATED, RATINGS_OFF, RATING_NOT_FOUND, OWN_RATING (given or received by the actor)
 */
export async function voteHelpful(ctx: Context, input: { id: number; helpful: boolean }): Promise<RatingView> {
  const actor = requireUser(ctx.actor);
  await requireRatings(ctx);
  return ctx.transaction(async (store) => {
    const row = await store.ratings.findById(input.id, actor.id);
    if (!row) throw new AppError('RATING_NOT_FOUND');
    if (row.raterId === actor.id || row.sellerId === actor.id) throw new AppError('OWN_RATING');
    if (row.foundHelpful !== input.helpful) {
      if (input.helpful) await store.ratings.addHelpfulVote(row.id, actor.id, ctx.now());
      else await store.ratings.removeHelpfulVote(row.id, actor.id);
      await store.outbox.append({ topic: 'vote.changed', subjectId: row.sellerId, payload: { ratingId: row.id } }, ctx.now());
    }
    const after = await store.ratings.findById(row.id, actor.id);
    if (!after) throw new AppError('RATING_NOT_FOUND');
    return toRatingView(after, actor.id);
  });
}
