import type { RatingChange, SubmitRatingInput } from '@assay/contract';
import type { Context } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { checkEligibility } from './can-rate-seller.ts';
import { toRatingChange } from './views.ts';

/**
 * A buyer rates a seller. The rating, its first version, the seller's counts and the event are one transaction.
 * @throws AppError every refusal of {@link checkEligibility}; of two that race, one gets ALREADY_RATED
 */
export async function submitRating(ctx: Context, input: SubmitRatingInput): Promise<RatingChange> {
  const eligibility = await checkEligibility(ctx, input.sellerId, input.orderId);
  if (eligibility.refusal !== null) throw new AppError(eligibility.refusal);
  const { rater, orderId, standing } = eligibility;
  const { sellerId, rating } = input;
  const comment = input.comment || null;
  const at = ctx.now();

  return ctx.transaction(async (store) => {
    const id = await store.ratings.insert({ sellerId, raterId: rater.id, rating, comment, orderId }, at);
    const histogram = await store.ratings.moveStars(sellerId, null, rating);
    await store.ratings.appendVersion(
      { ratingId: id, sellerId, raterId: rater.id, version: 1, action: 'submitted', rating, comment, orderId, actorId: rater.id },
      at,
    );
    await store.outbox.append({ topic: 'rating.submitted', subjectId: sellerId, payload: { ratingId: id, rating } }, at);
    const { sellerName, raterName, purchase } = standing;
    const row = {
      id,
      sellerId,
      sellerName,
      raterId: rater.id,
      raterName,
      rating,
      comment,
      orderId,
      purchase,
      createdAt: at,
      updatedAt: at,
    };
    return toRatingChange({ ...row, source: 'purchase', version: 1, helpfulCount: 0, foundHelpful: false }, histogram, rater.id);
  });
}
