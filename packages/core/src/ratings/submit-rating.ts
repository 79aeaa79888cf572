import type { RatingChange, SubmitRatingInput } from '@assay/contract';
import { requireUser } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { checkEligibility } from './can-rate-seller.ts';
import { readChange } from './views.ts';

/**
 * A buyer rates a seller. The rating, its first version, the seller's counts and the event are one transaction.
 * @throws AppError every refusal of {@link checkEligibility}; of two that race, one gets ALREADY_RATED
 */
export async function submitRating(ctx: Context, input: SubmitRatingInput): Promise<RatingChange> {
  const actor = requireUser(ctx.actor);
  const { sellerId, rating } = input;
  const comment = input.comment || null;
  return ctx.transaction(async (store) => {
    const { refusal, orderId } = await checkEligibility(ctx, store, sellerId, input.orderId);
    if (refusal || orderId === null) throw new AppError(refusal ?? 'NO_COMPLETED_ORDER');
    const at = ctx.now();
    const id = await store.ratings.insert({ sellerId, raterId: actor.id, rating, comment, orderId }, at);
    await store.ratings.moveStars(sellerId, null, rating);
    await store.ratings.appendVersion(
      { ratingId: id, sellerId, raterId: actor.id, version: 1, action: 'submitted', rating, comment, orderId, actorId: actor.id },
      at,
    );
    await store.outbox.append({ topic: 'rating.submitted', subjectId: sellerId, payload: { ratingId: id, rating } }, at);
    return readChange(store, id, actor.id);
  });
}
