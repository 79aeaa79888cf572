import { summaryOf, type RatingSummary } from '@assay/contract';
import { requireUser } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { changeOwnRating, Raced } from './own-rating.ts';
import { requireRatings } from './ratings-on.ts';

/**
 * Takes the actor's own rating back. It leaves SellerRatings and the counts; its history stays.
 * @throws AppError UNAUTHENTICATED, RATINGS_OFF, RATING_NOT_FOUND, FORBIDDEN (somebody else's), EDIT_CONFLICT
 */
export async function withdrawRating(ctx: Context, input: { id: number }): Promise<{ summary: RatingSummary }> {
  const actor = requireUser(ctx.actor);
  await requireRatings(ctx);
  return changeOwnRating(ctx, input.id, actor, (old) => {
    const { id, sellerId, raterId, rating, comment, orderId } = old;
    const at = ctx.now();
    return ctx.transaction(async (store) => {
      if (!(await store.ratings.delete(id, old.version))) throw new Raced();
      await store.moderation.closeAppealsAbout(id, 'granted'); // whoever wanted it gone has their way
      const histogram = await store.ratings.moveStars(sellerId, old, null);
      await store.ratings.appendVersion(
        { ratingId: id, sellerId, raterId, version: old.version + 1, action: 'withdrawn', rating, comment, orderId, actorId: actor.id },
        at,
      );
      await store.outbox.append({ topic: 'rating.withdrawn', subjectId: sellerId, payload: { ratingId: id, was: rating } }, at);
      return { summary: summaryOf(sellerId, histogram) };
    });
  });
}
