import { summaryOf, type RatingSummary } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { changeOwnRating } from './own-rating.ts';
import { requireRatings } from './ratings-on.ts';
import { recordVersion } from './record-version.ts';

/**
 * Withdraws the actor's own rating. It leaves SellerRatings and the counts; its history stays, and its open reports wait for its return.
 * @throws AppError UNAUTHENTICATED, RATINGS_OFF, RATING_NOT_FOUND, FORBIDDEN (another buyer's), EDIT_CONFLICT
 */
export async function withdrawRating(ctx: Context, input: { id: number }): Promise<{ summary: RatingSummary }> {
  const actor = requireUser(ctx.actor);
  await requireRatings(ctx);
  return changeOwnRating(ctx, input.id, actor, async (tx, old) => {
    const { histogram } = await recordVersion(tx, { action: 'withdrawn', before: old });
    await tx.repos.moderation.closeAppealsAbout(old.id, 'granted'); // an appeal for its removal has what it asked for
    return { summary: summaryOf(old.sellerId, histogram) };
  });
}
