import type { DecideDisputeInput, DisputeView } from '@assay/contract';
import { requireRole } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireNotAtBank } from '../payments/begin-refund.ts';
import { closeDispute } from './close-dispute.ts';
import { conflictOf, viewOfDispute } from './get-dispute.ts';
import { continueDispute, lockDispute, requirePart } from './move-dispute.ts';
import { DECISIONS } from './rules.ts';
import { PROVIDER_MS } from '../payments/provider-call.ts';

/**
 * An admin decides about a dispute: how much the buyer gets back. It is carried out when it cannot be appealed any more; the decision
 * about an appeal is final, and another admin makes it where there is one.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, DISPUTE_NOT_FOUND, OWN_CASE, OWN_DECISION, DISPUTE_CHANGED (nothing is to be decided),
 *   VALIDATION_FAILED, REFUND_TOO_HIGH, ILLEGAL_MOVE (the buyer's bank decides)
 */
export async function decideDispute(
  ctx: Context,
  { id, outcome, amount, statement }: DecideDisputeInput & { id: number },
): Promise<DisputeView> {
  const actor = requireRole(ctx.actor, 'admin');
  const task = await ctx.change(async (tx) => {
    const { order, dispute } = await lockDispute(tx, id);
    requireNotAtBank(await tx.repos.payments.find(id));
    const to = DECISIONS[dispute.status];
    if (!to) throw new AppError('DISPUTE_CHANGED');
    const conflict = await conflictOf(tx, actor.id, order, dispute);
    if (conflict) throw new AppError(conflict);
    const amountE8 = outcome === 'part' ? await requirePart(tx, order, amount) : null;
    if (to === 'closed') {
      const closing = { action: 'decide' as const, actorId: actor.id, text: statement };
      return closeDispute(tx, order, dispute, { outcome, amountE8 }, closing);
    }
    const event = { action: 'decide' as const, actorId: actor.id, text: statement, amountE8, outcome };
    await continueDispute(tx, order, dispute, 'decided', { outcome, amountE8, decidedBy: actor.id }, event);
    return null;
  });
  if (task) await ctx.perform(task, PROVIDER_MS);
  return viewOfDispute(ctx, id, actor);
}
