import type { EditRatingInput, RatingChange } from '@assay/contract';
import { requireUser } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { changeOwnRating, Raced } from './own-rating.ts';
import { requireRatings } from './ratings-on.ts';
import { readHistogram, toRatingChange } from './views.ts';

/**
 * Changes the actor's own rating. What was there stays in the history; the counts move by exactly what changed.
 * @throws AppError UNAUTHENTICATED, RATINGS_OFF, RATING_NOT_FOUND, FORBIDDEN (somebody else's), EDIT_CONFLICT
 */
export async function editRating(ctx: Context, input: EditRatingInput & { id: number }): Promise<RatingChange> {
  const actor = requireUser(ctx.actor);
  await requireRatings(ctx);
  return changeOwnRating(ctx, input.id, actor, async (old) => {
    const rating = input.rating ?? old.rating;
    const comment = input.comment === undefined ? old.comment : input.comment || null;
    if (rating === old.rating && comment === old.comment)
      return toRatingChange(old, await readHistogram(ctx.store, old.sellerId), actor.id);

    const { id, sellerId, raterId, orderId } = old;
    const version = old.version + 1;
    // Later than what it changes, within one millisecond too: that is how an edit is known.
    const at = new Date(Math.max(ctx.now().getTime(), old.createdAt.getTime() + 1));
    return ctx.transaction(async (store) => {
      if (!(await store.ratings.update(id, old.version, { rating, comment }, at))) throw new Raced();
      const histogram =
        rating === old.rating
          ? await readHistogram(store, sellerId)
          : await store.ratings.moveStars(sellerId, old, { rating, createdAt: old.createdAt });
      await store.ratings.appendVersion(
        { ratingId: id, sellerId, raterId, version, action: 'edited', rating, comment, orderId, actorId: actor.id },
        at,
      );
      await store.outbox.append({ topic: 'rating.edited', subjectId: sellerId, payload: { ratingId: id, rating, was: old.rating } }, at);
      return toRatingChange({ ...old, rating, comment, version, updatedAt: at }, histogram, actor.id);
    });
  });
}
