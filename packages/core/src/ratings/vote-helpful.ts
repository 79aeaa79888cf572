import type { RatingView } from '@assay/contract';
import { requireProvedAccount } from '../accounts/require-proved.ts';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireRatings } from './ratings-on.ts';
import { toRatingView } from './views.ts';

/**
 * Says that a rating was helpful, or takes that back; doing it twice changes nothing. Moves no score.
 * @throws AppError UNAUTHENTICATED, RATINGS_OFF, RATING_NOT_FOUND, OWN_RATING (given or received by the actor),
 * EMAIL_NOT_VERIFIED (a vote of an account without a proved address or a wallet)
 */
export async function voteHelpful(ctx: Context, input: { id: number; helpful: boolean }): Promise<RatingView> {
  const actor = requireUser(ctx.actor);
  await requireRatings(ctx);
  return ctx.change(async (tx) => {
    const row = await tx.repos.ratings.findById(input.id, actor.id);
    if (!row) throw new AppError('RATING_NOT_FOUND');
    if (row.raterId === actor.id || row.sellerId === actor.id) throw new AppError('OWN_RATING');
    if (row.foundHelpful !== input.helpful) {
      if (input.helpful) {
        await requireProvedAccount(tx.repos, actor.id);
        await tx.repos.ratings.addHelpfulVote(row.id, actor.id, tx.at);
      } else await tx.repos.ratings.removeHelpfulVote(row.id, actor.id);
      await tx.publish('vote.changed', { ratingId: row.id, sellerId: row.sellerId });
    }
    const after = await tx.repos.ratings.findById(row.id, actor.id);
    if (!after) throw new AppError('RATING_NOT_FOUND');
    return toRatingView(after, actor.id);
  });
}
