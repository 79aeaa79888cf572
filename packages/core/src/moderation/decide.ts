import type { DecideAppealInput, DecisionView, DismissReportsInput, RestoreStruckInput, StrikeInput } from '@assay/contract';
import { requireRole, type UserActor } from '../context/actor.ts';
import type { Context, Store } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { auditRecord } from '../context/records.ts';
import { changeRating, Raced } from '../ratings/own-rating.ts';
import { requireAnyRatings } from '../ratings/ratings-on.ts';
import type { RatingRow } from '../ratings/ports.ts';
import type { NewDecision, StruckRow } from './ports.ts';
import { toDecisionView } from './views.ts';

type Reasons = Pick<NewDecision, 'action' | 'reason' | 'statement'>;

/**
 * Strikes a rating out: it stays readable with the reason, leaves the counts, and both sides get the statement of reasons.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, RATINGS_OFF, RATING_NOT_FOUND, EDIT_CONFLICT
 */
export async function strikeRating(ctx: Context, input: StrikeInput): Promise<DecisionView> {
  const actor = requireRole(ctx.actor, 'admin');
  await requireAnyRatings(ctx);
  return changeRating(ctx, input.ratingId, null, (old) =>
    ctx.transaction(async (store) => {
      const { reason, statement } = input;
      return strikeIn(ctx, store, actor, old, { action: 'struck', reason, statement });
    }),
  );
}

async function strikeIn(ctx: Context, store: Store, actor: UserActor, old: RatingRow, reasons: Reasons): Promise<DecisionView> {
  const at = ctx.now();
  const { id, sellerId, raterId, rating, comment, orderId } = old;
  const decisionId = await decide(ctx, store, actor, old, reasons);
  if (!(await store.moderation.strike(old, decisionId, at))) throw new Raced();
  await store.ratings.moveStars(sellerId, old, null);
  await store.ratings.appendVersion(
    { ratingId: id, sellerId, raterId, version: old.version + 1, action: 'struck', rating, comment, orderId, actorId: actor.id },
    at,
  );
  await store.outbox.append({ topic: 'rating.struck', subjectId: sellerId, payload: { ratingId: id, was: rating } }, at);
  return viewOf(ctx, store, decisionId, actor);
}

/**
 * Puts a rating back that was struck out: it counts again, on the day on which it was given.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, RATINGS_OFF, RATING_NOT_FOUND (not struck), ALREADY_RATED (the buyer has rated again meanwhile)
 */
export async function restoreStruckRating(ctx: Context, input: RestoreStruckInput): Promise<DecisionView> {
  const actor = requireRole(ctx.actor, 'admin');
  await requireAnyRatings(ctx);
  return ctx.transaction((store) =>
    restoreIn(ctx, store, actor, input.ratingId, { action: 'restored', reason: null, statement: input.statement }),
  );
}

async function restoreIn(ctx: Context, store: Store, actor: UserActor, ratingId: number, reasons: Reasons): Promise<DecisionView> {
  const at = ctx.now();
  const struck = await store.moderation.findStruck(ratingId);
  if (!struck) throw new AppError('RATING_NOT_FOUND', { message: 'This rating is not struck out.' });
  if (!(await store.moderation.restore(ratingId))) throw new AppError('EDIT_CONFLICT');
  const { sellerId, raterId, rating, comment, orderId } = struck;
  await store.ratings.moveStars(sellerId, null, struck);
  await store.ratings.appendVersion(
    { ratingId, sellerId, raterId, version: struck.version + 1, action: 'restored', rating, comment, orderId, actorId: actor.id },
    at,
  );
  await store.outbox.append({ topic: 'rating.restored', subjectId: sellerId, payload: { ratingId, rating } }, at);
  const decisionId = await decide(ctx, store, actor, { ...struck, id: ratingId }, reasons);
  return viewOf(ctx, store, decisionId, actor);
}

/** The rating stays: all open reports on it are answered. @throws AppError UNAUTHENTICATED, FORBIDDEN, RATINGS_OFF, RATING_NOT_FOUND */
export async function dismissReports(ctx: Context, input: DismissReportsInput): Promise<DecisionView> {
  const actor = requireRole(ctx.actor, 'admin');
  await requireAnyRatings(ctx);
  return changeRating(ctx, input.ratingId, null, (rating) =>
    ctx.transaction(async (store) => {
      if (!(await store.ratings.hold(rating.id, rating.version))) throw new Raced(); // struck out, or changed, at the same time
      const decisionId = await decide(ctx, store, actor, rating, { action: 'dismissed', reason: null, statement: input.statement });
      return viewOf(ctx, store, decisionId, actor);
    }),
  );
}

/**
 * Answers an appeal. Granted, the decision is turned round: what was struck out counts again, what stayed is struck out.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, RATINGS_OFF, DECISION_NOT_FOUND (no open appeal), EDIT_CONFLICT, VALIDATION_FAILED (striking needs a
 *   reason), and what the two above throw
 */
export async function decideAppeal(ctx: Context, input: DecideAppealInput): Promise<DecisionView> {
  const actor = requireRole(ctx.actor, 'admin');
  await requireAnyRatings(ctx);
  const { appealId, grant, statement } = input;
  const work = async (store: Store) => {
    const appeal = await store.moderation.findOpenAppeal(appealId);
    const appealed = appeal && (await store.moderation.findDecision(appeal.decisionId));
    if (!appealed) throw new AppError('DECISION_NOT_FOUND', { message: 'This appeal is decided already, or there is none.' });
    if (!(await store.moderation.closeAppeal(appealId, grant ? 'granted' : 'denied'))) throw new AppError('EDIT_CONFLICT');
    const action = grant ? 'appeal-granted' : 'appeal-denied';
    if (!grant) {
      const decisionId = await decide(
        ctx,
        store,
        actor,
        { ...appealed, id: appealed.ratingId },
        { action, reason: appealed.reason, statement },
      );
      return viewOf(ctx, store, decisionId, actor);
    }
    if (appealed.action === 'struck') return restoreIn(ctx, store, actor, appealed.ratingId, { action, reason: null, statement });
    const rating = await store.ratings.findById(appealed.ratingId, actor.id);
    if (!rating) throw new AppError('RATING_NOT_FOUND');
    if (!input.reason) throw new AppError('VALIDATION_FAILED', { fields: [{ field: 'reason', message: 'Choose a reason.' }] });
    return strikeIn(ctx, store, actor, rating, { action, reason: input.reason, statement });
  };
  try {
    return await ctx.transaction(work);
  } catch (error) {
    throw error instanceof Raced ? new AppError('EDIT_CONFLICT') : error;
  }
}

type Judged = Pick<RatingRow | StruckRow, 'sellerId' | 'raterId' | 'rating' | 'comment'> & { id: number };

/** Writes a decision, answers the open reports with it, and notes it in the audit log. */
async function decide(ctx: Context, store: Store, actor: UserActor, about: Judged, reasons: Reasons): Promise<number> {
  const { id: ratingId, sellerId, raterId, rating, comment } = about;
  const at = ctx.now();
  const decisionId = await store.moderation.insertDecision(
    { ratingId, sellerId, raterId, rating, comment, ...reasons, decidedBy: actor.id },
    at,
  );
  await store.moderation.answerReports(ratingId, decisionId);
  // What an open appeal asked for has happened, or is refused once more: nothing is left to decide about it.
  if (reasons.action === 'struck' || reasons.action === 'restored') await store.moderation.closeAppealsAbout(ratingId, 'granted');
  if (reasons.action === 'dismissed') await store.moderation.closeAppealsAbout(ratingId, 'denied');
  const { action, reason, statement } = reasons;
  await store.audit.append(
    auditRecord(ctx, `rating.${action}`, 'rating', ratingId, { decisionId, stars: rating, ...(reason ? { reason } : {}), statement }),
  );
  await store.outbox.append({ topic: 'moderation.changed', subjectId: ratingId, payload: { decisionId } }, at);
  return decisionId;
}

async function viewOf(ctx: Context, store: Store, decisionId: number, actor: UserActor): Promise<DecisionView> {
  const row = await store.moderation.findDecision(decisionId);
  if (!row) throw new Error(`Decision ${decisionId} is not there.`);
  return toDecisionView(row, actor.id, ctx.now());
}
