import type { RatingChange, SubmitRatingInput } from '@assay/contract';
import type { Context } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { checkEligibility, type Eligibility } from './can-rate-seller.ts';
import { changeOwnRating, Raced } from './own-rating.ts';
import type { RatingRow } from './ports.ts';
import { toRatingChange } from './views.ts';

type Eligible = Extract<Eligibility, { refusal: null }>;

/**
 * A buyer rates a seller. The rating, its first version, the seller's counts and the event are one transaction. After another
 * purchase the new rating takes the place of the one before, which stays in the history: nobody has two that count.
 * @throws AppError every refusal of {@link checkEligibility}; of two that race, one gets ALREADY_RATED
 */
export async function submitRating(ctx: Context, input: SubmitRatingInput): Promise<RatingChange> {
  const eligibility = await checkEligibility(ctx, input.sellerId, input.orderId);
  if (eligibility.refusal !== null) throw new AppError(eligibility.refusal);
  const { ratingId } = eligibility.standing;
  return ratingId === null ? insertRating(ctx, input, eligibility) : replaceRating(ctx, input, eligibility, ratingId);
}

function insertRating(ctx: Context, input: SubmitRatingInput, { rater, orderId, standing }: Eligible): Promise<RatingChange> {
  const { sellerId, rating } = input;
  const comment = input.comment || null;
  const at = ctx.now();
  return ctx.transaction(async (store) => {
    const id = await store.ratings.insert({ sellerId, raterId: rater.id, rating, comment, orderId }, at);
    const histogram = await store.ratings.moveStars(sellerId, null, { rating, createdAt: at });
    await store.ratings.appendVersion(
      { ratingId: id, sellerId, raterId: rater.id, version: 1, action: 'submitted', rating, comment, orderId, actorId: rater.id },
      at,
    );
    await store.outbox.append({ topic: 'rating.submitted', subjectId: sellerId, payload: { ratingId: id, rating } }, at);
    const { sellerName, raterName, purchase } = standing;
    const row: RatingRow = {
      id,
      sellerId,
      sellerName,
      raterId: rater.id,
      raterName,
      rating,
      comment,
      source: 'purchase',
      orderId,
      purchase,
      version: 1,
      helpfulCount: 0,
      foundHelpful: false,
      reply: null,
      createdAt: at,
      updatedAt: at,
    };
    return toRatingChange(row, histogram, rater.id);
  });
}

function replaceRating(ctx: Context, input: SubmitRatingInput, eligible: Eligible, ratingId: number): Promise<RatingChange> {
  const { rater, orderId, standing } = eligible;
  const { rating } = input;
  const comment = input.comment || null;
  return changeOwnRating(ctx, ratingId, rater, (old) => {
    // Somebody was faster: the order has been rated meanwhile.
    if (old.orderId !== null && old.orderId >= orderId) throw new AppError('ALREADY_RATED');
    const { id, sellerId, raterId } = old;
    const version = old.version + 1;
    const at = ctx.now();
    return ctx.transaction(async (store) => {
      if (!(await store.ratings.replace(id, old.version, { rating, comment, orderId }, at))) throw new Raced();
      const histogram = await store.ratings.moveStars(sellerId, old, { rating, createdAt: at });
      await store.ratings.appendVersion(
        { ratingId: id, sellerId, raterId, version, action: 'replaced', rating, comment, orderId, actorId: rater.id },
        at,
      );
      await store.outbox.append({ topic: 'rating.replaced', subjectId: sellerId, payload: { ratingId: id, rating, was: old.rating } }, at);
      const now = { rating, comment, orderId, version, source: 'purchase', helpfulCount: 0, foundHelpful: false } as const;
      return toRatingChange({ ...old, ...now, purchase: standing.purchase, createdAt: at, updatedAt: at }, histogram, raterId);
    });
  });
}
