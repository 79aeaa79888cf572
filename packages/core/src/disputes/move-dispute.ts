import {
  fitsCurrency,
  parsePriceE8,
  type DisputeMove,
  type DisputeMoveDetail,
  type DisputeStatus,
  type DisputeView,
} from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { Raced } from '../kernel/raced.ts';
import { lockOrder } from '../orders/lock-order.ts';
import type { OrderRow } from '../orders/ports.ts';
import { partyOf } from '../orders/rules.ts';
import { refundableE8, requireNotAtBank } from '../payments/begin-refund.ts';
import { closeDispute } from './close-dispute.ts';
import { emailOfDispute } from './email-of-dispute.ts';
import { viewOfDispute } from './get-dispute.ts';
import type { DisputeChange, DisputeRow, NewDisputeEvent } from './ports.ts';
import { publishDispute } from './publish-dispute.ts';
import { DISPUTE_RULES, disputeDueAt, disputeMovesFor, FULL, NONE, offerOf, type DisputeResult } from './rules.ts';
import { PROVIDER_MS } from '../payments/provider-call.ts';

export type DisputeMoveInput = DisputeMoveDetail & { id: number; move: DisputeMove };

const refuse = (field: string, message: string) => new AppError('VALIDATION_FAILED', { fields: [{ field, message }] });

/** The dispute about an order, locked with the order until the change ends. @throws AppError DISPUTE_NOT_FOUND */
export async function lockDispute(tx: Tx, orderId: number): Promise<{ order: OrderRow; dispute: DisputeRow }> {
  await lockOrder(tx, orderId);
  const [order, dispute] = [await tx.repos.orders.findById(orderId), await tx.repos.disputes.ofOrder(orderId)];
  if (!order || !dispute) throw new AppError('DISPUTE_NOT_FOUND');
  return { order, dispute };
}

/**
 * The amount of a refund in part: less than what is left, which is a refund in full.
 * @throws AppError VALIDATION_FAILED, REFUND_TOO_HIGH
 */
export async function requirePart(tx: Tx, order: OrderRow, amount: string | undefined): Promise<bigint> {
  if (amount === undefined) throw refuse('amount', 'Enter an amount.');
  if (!fitsCurrency(amount, order.currency)) throw refuse('amount', `${amount} has too many decimals for ${order.currency}.`);
  const payment = await tx.repos.payments.find(order.id);
  const left = payment ? refundableE8(payment) : 0n;
  const amountE8 = parsePriceE8(amount);
  if (amountE8 > left) throw new AppError('REFUND_TOO_HIGH');
  if (amountE8 === left) throw refuse('amount', 'This is all that is left. Choose a refund in full.');
  return amountE8;
}

/** A dispute goes on: its state changes, with the deadline of the new one, and the other side is notified. */
export async function continueDispute(
  tx: Tx,
  order: OrderRow,
  dispute: DisputeRow,
  to: Exclude<DisputeStatus, 'closed'>,
  change: DisputeChange,
  event: NewDisputeEvent,
): Promise<void> {
  const dueAt = disputeDueAt(to, tx.settings.orderTimes, tx.at);
  if (!(await tx.repos.disputes.transition(dispute, to, change, event, tx.at))) throw new Raced();
  if (!(await tx.repos.orders.setDue(order.id, 'disputed', dueAt))) throw new Raced();
  const { action, text: _text, ...detail } = event;
  const amount = event.amountE8 === null ? {} : { amountE8: String(event.amountE8) };
  await tx.audit(`dispute.${action}`, 'order', order.id, {
    disputeId: dispute.id,
    ...(detail.outcome ? { outcome: detail.outcome } : {}),
    ...amount,
  });
  await publishDispute(tx, order, dispute.id);
  await emailOfDispute(tx, order, { ...event, dueAt });
}

/** How a step closes the dispute; null where it goes on. */
const resultOf = (move: DisputeMove, dispute: DisputeRow): DisputeResult | null =>
  move === 'refund' ? FULL : move === 'withdraw' ? NONE : move === 'accept' ? offerOf(dispute) : null;

/**
 * A side of a dispute takes a step: the seller refunds, offers a part or contests; the buyer accepts, escalates or withdraws; the side
 * that a decision goes against appeals.
 * @throws AppError UNAUTHENTICATED, DISPUTE_NOT_FOUND (also another party's), FORBIDDEN (the other side's step), DISPUTE_CHANGED,
 *   VALIDATION_FAILED, REFUND_TOO_HIGH, ILLEGAL_MOVE (the buyer's bank decides)
 */
export async function moveDispute(ctx: Context, { id, move, amount, text }: DisputeMoveInput): Promise<DisputeView> {
  const actor = requireUser(ctx.actor);
  const task = await ctx.change(async (tx) => {
    const { order, dispute } = await lockDispute(tx, id);
    const party = partyOf(order, actor.id);
    if (!party) throw new AppError('DISPUTE_NOT_FOUND');
    requireNotAtBank(await tx.repos.payments.find(id));
    const { by, needs, to } = DISPUTE_RULES[move];
    if (!by.includes(party)) throw new AppError('FORBIDDEN', { message: `Only the ${by[0]} can do this.` });
    if (!disputeMovesFor(party, dispute).includes(move)) throw new AppError('DISPUTE_CHANGED');
    if (needs === 'text' && !text) throw refuse('text', 'Say why.');
    const said = text || null;
    const result = resultOf(move, dispute);
    if (result || to === 'closed') return closeDispute(tx, order, dispute, result ?? NONE, { action: move, actorId: actor.id, text: said });
    const offerE8 = needs === 'amount' ? await requirePart(tx, order, amount) : null;
    const event = { action: move, actorId: actor.id, text: said, amountE8: offerE8, outcome: null };
    await continueDispute(tx, order, dispute, to, offerE8 === null ? {} : { offerE8 }, event);
    return null;
  });
  if (task) await ctx.perform(task, PROVIDER_MS);
  return viewOfDispute(ctx, id, actor);
}
