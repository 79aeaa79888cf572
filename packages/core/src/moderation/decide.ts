import type { DecideAppealInput, DecisionView, DismissReportsInput, RestoreStruckInput, StrikeInput } from '@assay/contract';
import { requireRole, type UserActor } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { Raced } from '../kernel/raced.ts';
import { changeRating } from '../ratings/own-rating.ts';
import { recordVersion } from '../ratings/record-version.ts';
import { requireAnyRatings } from '../ratings/ratings-on.ts';
import type { RatingRow } from '../ratings/ports.ts';
import type { NewDecision, StruckRow } from './ports.ts';
import { requireNoConflict } from './conflicts.ts';
import { toDecisionView } from './views.ts';

type Reasons = Pick<NewDecision, 'action' | 'reason' | 'statement'>;

/**
 * Strikes a rating out: it stays readable with the reason, leaves the counts, and both sides get the statement of reasons.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, RATINGS_OFF, RATING_NOT_FOUND, OWN_CASE, OWN_DECISION, EDIT_CONFLICT
 */
export async function strikeRating(ctx: Context, input: StrikeInput): Promise<DecisionView> {
  const actor = requireRole(ctx.actor, 'admin');
  await requireAnyRatings(ctx);
  const { reason, statement } = input;
  return changeRating(ctx, input.ratingId, null, (tx, old) => strikeIn(tx, actor, old, { action: 'struck', reason, statement }));
}

async function strikeIn(tx: Tx, actor: UserActor, old: RatingRow, reasons: Reasons): Promise<DecisionView> {
  const decisionId = await decide(tx, actor, old, reasons);
  await recordVersion(tx, { action: 'struck', before: old, decisionId });
  return viewOf(tx, decisionId, actor);
}

/**
 * Puts a rating back that was struck out: it counts again, on the day on which it was given.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, RATINGS_OFF, RATING_NOT_FOUND (not struck), OWN_CASE, OWN_DECISION,
 *   ALREADY_RATED (the buyer has rated again meanwhile)
 */
export async function restoreStruckRating(ctx: Context, input: RestoreStruckInput): Promise<DecisionView> {
  const actor = requireRole(ctx.actor, 'admin');
  await requireAnyRatings(ctx);
  return ctx.change((tx) => restoreIn(tx, actor, input.ratingId, { action: 'restored', reason: null, statement: input.statement }));
}

async function restoreIn(tx: Tx, actor: UserActor, ratingId: number, reasons: Reasons): Promise<DecisionView> {
  const struck = await tx.repos.moderation.findStruck(ratingId);
  if (!struck) throw new AppError('RATING_NOT_FOUND', { message: 'This rating is not struck out.' });
  await recordVersion(tx, { action: 'restored', after: { ...struck, id: ratingId } });
  const decisionId = await decide(tx, actor, { ...struck, id: ratingId }, reasons);
  return viewOf(tx, decisionId, actor);
}

/**
 * The rating stays: all open reports on it are answered.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, RATINGS_OFF, RATING_NOT_FOUND, OWN_CASE, OWN_DECISION
 */
export async function dismissReports(ctx: Context, input: DismissReportsInput): Promise<DecisionView> {
  const actor = requireRole(ctx.actor, 'admin');
  await requireAnyRatings(ctx);
  return changeRating(ctx, input.ratingId, null, async (tx, rating) => {
    if (!(await tx.repos.ratings.lock(rating.id, rating.version))) throw new Raced(); // struck out, or changed, at the same time
    const decisionId = await decide(tx, actor, rating, { action: 'dismissed', reason: null, statement: input.statement });
    return viewOf(tx, decisionId, actor);
  });
}

/**
 * Answers an appeal, by another admin than the one who decided. Granted, the decision is turned round: what was struck out counts again,
 * what stayed is struck out.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, RATINGS_OFF, DECISION_NOT_FOUND (no open appeal), OWN_CASE, OWN_DECISION, EDIT_CONFLICT,
 *   VALIDATION_FAILED (striking needs a reason), and what the two above throw
 */
export async function decideAppeal(ctx: Context, input: DecideAppealInput): Promise<DecisionView> {
  const actor = requireRole(ctx.actor, 'admin');
  await requireAnyRatings(ctx);
  const { appealId, grant, statement } = input;
  return ctx.change(async (tx) => {
    const appeal = await tx.repos.moderation.findOpenAppeal(appealId);
    const appealed = appeal && (await tx.repos.moderation.findDecision(appeal.decisionId));
    if (!appealed) throw new AppError('DECISION_NOT_FOUND', { message: 'This appeal is decided already, or there is none.' });
    await requireNoConflict(tx.repos, actor.id, appealed);
    if (!(await tx.repos.moderation.closeAppeal(appealId, grant ? 'granted' : 'denied'))) throw new AppError('EDIT_CONFLICT');
    const action = grant ? 'appeal-granted' : 'appeal-denied';
    if (!grant) {
      const decisionId = await decide(tx, actor, { ...appealed, id: appealed.ratingId }, { action, reason: appealed.reason, statement });
      return viewOf(tx, decisionId, actor);
    }
    if (appealed.action === 'struck') return restoreIn(tx, actor, appealed.ratingId, { action, reason: null, statement });
    const rating = await tx.repos.ratings.findById(appealed.ratingId, actor.id);
    if (!rating) throw new AppError('RATING_NOT_FOUND');
    if (!input.reason) throw new AppError('VALIDATION_FAILED', { fields: [{ field: 'reason', message: 'Choose a reason.' }] });
    return strikeIn(tx, actor, rating, { action, reason: input.reason, statement });
  });
}

type Judged = Pick<RatingRow | StruckRow, 'sellerId' | 'raterId' | 'rating' | 'comment'> & { id: number };

/** Writes a decision, answers the open reports with it, and notes it in the audit log. */
async function decide(tx: Tx, actor: UserActor, about: Judged, reasons: Reasons): Promise<number> {
  const { id: ratingId, sellerId, raterId, rating, comment } = about;
  const at = tx.at;
  await requireNoConflict(tx.repos, actor.id, { ratingId, sellerId, raterId });
  const decisionId = await tx.repos.moderation.insertDecision(
    { ratingId, sellerId, raterId, rating, comment, ...reasons, decidedBy: actor.id },
    at,
  );
  await tx.repos.moderation.answerReports(ratingId, decisionId);
  // What an open appeal asked for has happened, or is refused once more: nothing is left to decide about it.
  if (reasons.action === 'struck' || reasons.action === 'restored')
    await tx.repos.moderation.closeAppealsAbout(ratingId, 'granted', actor.id);
  if (reasons.action === 'dismissed') await tx.repos.moderation.closeAppealsAbout(ratingId, 'denied', actor.id);
  const { action, reason, statement } = reasons;
  await tx.audit(`rating.${action}`, 'rating', ratingId, { decisionId, stars: rating, ...(reason ? { reason } : {}), statement });
  await tx.publish('moderation.changed', { ratingId: ratingId });
  return decisionId;
}

async function viewOf(tx: Tx, decisionId: number, actor: UserActor): Promise<DecisionView> {
  const row = await tx.repos.moderation.findDecision(decisionId);
  if (!row) throw new Error(`Decision ${decisionId} is not there.`);
  return toDecisionView(row, actor.id, tx.at);
}
