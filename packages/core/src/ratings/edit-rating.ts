import type { EditRatingInput, RatingChange } from '@assay/contract';
import { requireUser } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { loadOwn, untilUnraced } from './own-rating.ts';
import { readChange } from './views.ts';

/**
 * Changes the actor's own rating. What was there stays in the history; the counts move by exactly what changed.
 * @throws AppError UNAUTHENTICATED, RATING_NOT_FOUND, FORBIDDEN (somebody else's), EDIT_CONFLICT
 */
export async function editRating(ctx: Context, input: EditRatingInput & { id: number }): Promise<RatingChange> {
  const actor = requireUser(ctx.actor);
  return ctx.transaction((store) =>
    untilUnraced(async () => {
      const old = await loadOwn(store, input.id, actor);
      const rating = input.rating ?? old.rating;
      const comment = input.comment === undefined ? old.comment : input.comment || null;
      if (rating !== old.rating || comment !== old.comment) {
        const at = ctx.now();
        if (!(await store.ratings.update(old.id, old.version, { rating, comment }, at))) return null;
        if (rating !== old.rating) await store.ratings.moveStars(old.sellerId, old.rating, rating);
        const { id: ratingId, sellerId, raterId, orderId } = old;
        await store.ratings.appendVersion(
          { ratingId, sellerId, raterId, version: old.version + 1, action: 'edited', rating, comment, orderId, actorId: actor.id },
          at,
        );
        await store.outbox.append({ topic: 'rating.edited', subjectId: sellerId, payload: { ratingId, rating, was: old.rating } }, at);
      }
      return readChange(store, old.id, actor.id);
    }),
  );
}
