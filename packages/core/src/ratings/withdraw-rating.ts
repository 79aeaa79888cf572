import type { RatingSummary } from '@assay/contract';
import { requireUser } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { loadOwn, untilUnraced } from './own-rating.ts';
import { readSummary } from './views.ts';

/**
 * Takes the actor's own rating back. It leaves SellerRatings and the counts; its history stays.
 * @throws AppError UNAUTHENTICATED, RATING_NOT_FOUND, FORBIDDEN (somebody else's), EDIT_CONFLICT
 */
export async function withdrawRating(ctx: Context, input: { id: number }): Promise<{ summary: RatingSummary }> {
  const actor = requireUser(ctx.actor);
  return ctx.transaction((store) =>
    untilUnraced(async () => {
      const old = await loadOwn(store, input.id, actor);
      const at = ctx.now();
      if (!(await store.ratings.delete(old.id, old.version))) return null;
      await store.ratings.moveStars(old.sellerId, old.rating, null);
      const { id: ratingId, sellerId, raterId, rating, comment, orderId } = old;
      await store.ratings.appendVersion(
        { ratingId, sellerId, raterId, version: old.version + 1, action: 'withdrawn', rating, comment, orderId, actorId: actor.id },
        at,
      );
      await store.outbox.append({ topic: 'rating.withdrawn', subjectId: sellerId, payload: { ratingId, was: rating } }, at);
      return { summary: await readSummary(store, sellerId) };
    }),
  );
}
