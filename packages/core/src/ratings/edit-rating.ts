import type { EditRatingInput, RatingChange } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { changeOwnRating } from './own-rating.ts';
import { requireRatings } from './ratings-on.ts';
import { recordVersion } from './record-version.ts';
import { readHistogram, toRatingChange } from './views.ts';

/**
 * Changes the actor's own rating. The earlier version stays in the history; the counts move by exactly what changed.
 * @throws AppError UNAUTHENTICATED, RATINGS_OFF, RATING_NOT_FOUND, FORBIDDEN (another buyer's), EDIT_CONFLICT
 */
export async function editRating(ctx: Context, input: EditRatingInput & { id: number }): Promise<RatingChange> {
  const actor = requireUser(ctx.actor);
  await requireRatings(ctx);
  return changeOwnRating(ctx, input.id, actor, async (tx, old) => {
    const rating = input.rating ?? old.rating;
    const comment = input.comment === undefined ? old.comment : input.comment || null;
    if (rating === old.rating && comment === old.comment) return toRatingChange(old, await readHistogram(tx.repos, old.sellerId), actor.id);
    const { version, at, histogram } = await recordVersion(tx, { action: 'edited', before: old, after: { rating, comment } });
    return toRatingChange({ ...old, rating, comment, version, updatedAt: at }, histogram, actor.id);
  });
}
