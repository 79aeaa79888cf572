import { ERRORS, type CanRate, type Refusal } from '@assay/contract';
import type { Context, Store } from '../context/context.ts';
import { isRatingOn } from './rollout.ts';

export interface Eligibility {
  refusal: Refusal | null;
  orderId: number | null;
  ratingId: number | null;
}

/**
 * The one home of the rule who may rate whom: signed in, ratings on for this user, not oneself, not rated yet, and a
 * completed order with that seller (`orderId` names one in particular).
 */
export async function checkEligibility(ctx: Context, store: Store, sellerId: number, orderId?: number): Promise<Eligibility> {
  const refuse = (refusal: Refusal, ratingId: number | null = null): Eligibility => ({ refusal, orderId: null, ratingId });
  const { actor } = ctx;
  if (actor.kind !== 'user') return refuse('UNAUTHENTICATED');
  if (!isRatingOn(ctx.settings.rollout, actor.id)) return refuse('RATINGS_OFF');
  if (!(await store.ratings.histogram(sellerId))) return refuse('SELLER_NOT_FOUND');
  if (sellerId === actor.id) return refuse('OWN_STORE');
  const ratingId = await store.ratings.findByPair(sellerId, actor.id);
  if (ratingId !== null) return refuse('ALREADY_RATED', ratingId);
  const completed = await store.orders.findCompleted(actor.id, sellerId, orderId);
  return completed === null ? refuse('NO_COMPLETED_ORDER') : { refusal: null, orderId: completed, ratingId: null };
}

/** May the actor rate that seller, and if not, why? */
export async function canUserRateSeller(ctx: Context, input: { sellerId: number; orderId?: number | undefined }): Promise<CanRate> {
  const { refusal, orderId, ratingId } = await checkEligibility(ctx, ctx.store, input.sellerId, input.orderId);
  const message = refusal ? ERRORS[refusal].message : 'You can rate this seller.';
  return { canRate: refusal === null, reason: refusal, message, orderId, ratingId };
}
