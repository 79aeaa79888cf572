import type { ReportRatingInput } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireRatings } from '../ratings/ratings-on.ts';

/**
 * Reports a rating to the moderators: once for each person and rating.
 * @throws AppError UNAUTHENTICATED, RATINGS_OFF, RATING_NOT_FOUND, OWN_REPORT, ALREADY_REPORTED
 */
export async function reportRating(ctx: Context, input: ReportRatingInput): Promise<void> {
  const actor = requireUser(ctx.actor);
  await requireRatings(ctx);
  const { ratingId, reason } = input;
  await ctx.change(async (tx) => {
    const rating = await tx.repos.ratings.findById(ratingId, actor.id);
    if (!rating) throw new AppError('RATING_NOT_FOUND');
    if (rating.raterId === actor.id) throw new AppError('OWN_REPORT');
    const at = tx.at;
    await tx.repos.moderation.insertReport({ ratingId, reporterId: actor.id, reason, detail: input.detail || null }, at);
    await tx.publish('moderation.changed', { ratingId: ratingId });
  });
}
