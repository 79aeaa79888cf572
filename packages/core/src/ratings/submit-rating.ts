import type { RatingChange, SubmitRatingInput } from '@assay/contract';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { checkEligibility, type Eligibility } from './can-rate-seller.ts';
import { changeOwnRating } from './own-rating.ts';
import type { RatingRow } from './ports.ts';
import { recordVersion } from './record-version.ts';
import { toRatingChange } from './views.ts';

type Eligible = Extract<Eligibility, { refusal: null }>;

/**
 * A buyer rates a seller. The rating, its first version, the seller's counts and the event are one transaction. After another
 * purchase the new rating takes the place of the one before, which stays in the history: a buyer never has two that count. A rating after
 * one that was withdrawn is the same rating again, with its open reports and its appeal: withdrawing does not shake them off.
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
  return ctx.change(async (tx) => {
    const after = { sellerId, raterId: rater.id, rating, comment, orderId };
    const withdrawn = await tx.repos.ratings.findWithdrawn(sellerId, rater.id);
    const { ratingId, version, histogram } = await recordVersion(tx, { action: 'submitted', after, withdrawn });
    if (withdrawn) await tx.repos.moderation.reopenAppealAbout(ratingId); // withdrawing the rating had granted it
    const { sellerName, raterName, purchase, verified, payment } = standing;
    const row: RatingRow = {
      id: ratingId,
      ...after,
      sellerName,
      raterName,
      source: 'purchase',
      verified,
      payment,
      purchase,
      version,
      helpfulCount: 0,
      foundHelpful: false,
      reply: null,
      createdAt: tx.at,
      updatedAt: tx.at,
    };
    return toRatingChange(row, histogram, rater.id);
  });
}

function replaceRating(ctx: Context, input: SubmitRatingInput, eligible: Eligible, ratingId: number): Promise<RatingChange> {
  const { rater, orderId, standing } = eligible;
  const after = { rating: input.rating, comment: input.comment || null, orderId };
  return changeOwnRating(ctx, ratingId, rater, async (tx, old) => {
    // Another request was faster: this order has been rated meanwhile.
    if (old.orderId !== null && old.orderId >= orderId) throw new AppError('ALREADY_RATED');
    const { version, histogram } = await recordVersion(tx, { action: 'replaced', before: old, after });
    const row = { ...old, ...after, version, source: 'purchase', helpfulCount: 0, foundHelpful: false } as const;
    const { purchase, verified, payment } = standing;
    return toRatingChange({ ...row, purchase, verified, payment, createdAt: tx.at, updatedAt: tx.at }, histogram, rater.id);
  });
}
