import { ERRORS, type CanRate, type Refusal } from '@assay/contract';
import { requireUser, type UserActor } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import type { RatingEligibility } from './ports.ts';
import { hasRatings } from './ratings-on.ts';

export type Eligibility =
  { refusal: Refusal; ratingId: number | null } | { refusal: null; rater: UserActor; standing: RatingEligibility; orderId: number };

/**
 * The one home of the rule who may rate whom: signed in, ratings on for this user, not oneself, and an order with that seller that was
 * completed, or whose dispute is closed (`orderId` names one in particular). Who has rated already needs an order after the rated one:
 * the new rating takes the place of the old. What it says stays true until it is used: a later dispute or refund takes nothing away, and
 * a second rating of the pair is refused by the database itself.
 */
export async function checkEligibility(ctx: Context, sellerId: number, orderId?: number): Promise<Eligibility> {
  const refuse = (refusal: Refusal, ratingId: number | null = null): Eligibility => ({ refusal, ratingId });
  const { actor } = ctx;
  if (actor.kind !== 'user') return refuse('UNAUTHENTICATED');
  if (!(await hasRatings(ctx))) return refuse('RATINGS_OFF');
  const standing = await ctx.repos.ratings.ratingEligibility(sellerId, actor.id, orderId);
  if (!standing) return refuse('SELLER_NOT_FOUND');
  if (sellerId === actor.id) return refuse('OWN_STORE');
  if (standing.orderId === null) {
    if (standing.ratingId !== null) return refuse('ALREADY_RATED', standing.ratingId);
    return refuse(standing.struck ? 'RATING_STRUCK' : 'NO_COMPLETED_ORDER');
  }
  return { refusal: null, rater: actor, standing, orderId: standing.orderId };
}

/** May the actor rate that seller, and if not, why? @throws AppError UNAUTHENTICATED */
export async function canUserRateSeller(ctx: Context, input: { sellerId: number; orderId?: number | undefined }): Promise<CanRate> {
  requireUser(ctx.actor);
  const eligibility = await checkEligibility(ctx, input.sellerId, input.orderId);
  return eligibility.refusal === null
    ? {
        canRate: true,
        reason: null,
        message:
          eligibility.standing.ratingId === null
            ? 'You can rate this seller.'
            : 'You can rate this seller again: the new rating takes the place of the one before.',
        orderId: eligibility.orderId,
        ratingId: eligibility.standing.ratingId,
      }
    : {
        canRate: false,
        reason: eligibility.refusal,
        message: ERRORS[eligibility.refusal].message,
        orderId: null,
        ratingId: eligibility.ratingId,
      };
}
