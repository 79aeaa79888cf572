import type { FeedbackInput } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { requireRatings } from '../ratings/ratings-on.ts';

/** What feedback about rating is kept under. */
export const RATING_FEATURE = 'seller-ratings';

/** How easy it was to rate, 1 to 5; the last word counts. @throws AppError UNAUTHENTICATED, RATINGS_OFF */
export async function giveFeedback(ctx: Context, input: FeedbackInput): Promise<void> {
  const { id } = requireUser(ctx.actor);
  await requireRatings(ctx);
  await ctx.change((tx) => tx.repos.insights.saveFeedback(id, RATING_FEATURE, input.score, tx.at));
}
