import type { AppealInput, DecisionView } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireRatings } from '../ratings/ratings-on.ts';
import { mayAppeal, toDecisionView } from './views.ts';

const SHOWN = 50;

/** Decisions about ratings that the actor gave or received, newest first. @throws AppError UNAUTHENTICATED, RATINGS_OFF */
export async function listMyDecisions(ctx: Context): Promise<{ items: DecisionView[] }> {
  const { id } = requireUser(ctx.actor);
  await requireRatings(ctx);
  const rows = await ctx.repos.moderation.decisionsOf(id, SHOWN);
  return { items: rows.map((row) => toDecisionView(row, id, ctx.now())) };
}

/**
 * Asks for a decision to be looked at again: once, within 30 days, by the side that it goes against.
 * @throws AppError UNAUTHENTICATED, RATINGS_OFF, DECISION_NOT_FOUND, APPEAL_CLOSED, ALREADY_APPEALED
 */
export async function appealDecision(ctx: Context, input: AppealInput): Promise<void> {
  const { id } = requireUser(ctx.actor);
  await requireRatings(ctx);
  await ctx.change(async (tx) => {
    const decision = await tx.repos.moderation.findDecision(input.decisionId);
    if (!decision || (decision.raterId !== id && decision.sellerId !== id)) throw new AppError('DECISION_NOT_FOUND');
    if (decision.appeal) throw new AppError('ALREADY_APPEALED');
    const at = tx.at;
    if (!mayAppeal(decision, id, at)) throw new AppError('APPEAL_CLOSED');
    const appealId = await tx.repos.moderation.insertAppeal(decision.id, id, input.text, at);
    await tx.audit('rating.appealed', 'rating', decision.ratingId, { decisionId: decision.id, appealId });
    await tx.publish('moderation.changed', { ratingId: decision.ratingId });
  });
}
