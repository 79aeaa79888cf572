import type { DisputeMove, DisputeOutcome, DisputeStatus, OrderReason } from '@assay/contract';
import { DISPUTE_MOVES as MOVE_NAMES } from '@assay/contract';
import type { OrderTimes } from '../orders/ports.ts';
import type { Party } from '../orders/rules.ts';
import type { DisputeRow } from './ports.ts';

interface DisputeMoveRule {
  from: readonly DisputeStatus[];
  to: DisputeStatus;
  by: readonly Party[];
  /** What it has to say. */
  needs?: 'amount' | 'text';
}

/** What the sides of a dispute do. */
export const DISPUTE_RULES: Record<DisputeMove, DisputeMoveRule> = {
  refund: { from: ['opened', 'answered', 'escalated'], to: 'closed', by: ['seller'] },
  offer: { from: ['opened'], to: 'answered', by: ['seller'], needs: 'amount' },
  contest: { from: ['opened'], to: 'answered', by: ['seller'], needs: 'text' },
  accept: { from: ['answered'], to: 'closed', by: ['buyer'] },
  escalate: { from: ['answered'], to: 'escalated', by: ['buyer'] },
  withdraw: { from: ['opened', 'answered', 'escalated'], to: 'closed', by: ['buyer'] },
  appeal: { from: ['decided'], to: 'appealed', by: ['buyer', 'seller'], needs: 'text' },
};

/** What an admin's decision does. The first may be appealed once; the second is final. */
export const DECISIONS: Partial<Record<DisputeStatus, DisputeStatus>> = { escalated: 'decided', appealed: 'closed' };

/** States in which an admin decides. */
export const WAITING_FOR_ADMIN = ['escalated', 'appealed'] as const satisfies readonly DisputeStatus[];

/** When each state of a dispute ends by itself, and closes it; null where it is closed. */
export const DISPUTE_DEADLINES: Record<DisputeStatus, keyof OrderTimes | null> = {
  opened: 'answerMs',
  answered: 'replyMs',
  escalated: 'decisionMs',
  decided: 'appealMs',
  appealed: 'decisionMs',
  closed: null,
};

/** When a dispute that comes into a state now leaves it by itself. */
export const disputeDueAt = (status: Exclude<DisputeStatus, 'closed'>, times: OrderTimes, at: Date): Date =>
  new Date(at.getTime() + times[DISPUTE_DEADLINES[status]!]);

/** What the buyer gets back. */
export interface DisputeResult {
  outcome: DisputeOutcome;
  /** Of a refund in part. */
  amountE8: bigint | null;
}

export const FULL: DisputeResult = { outcome: 'full', amountE8: null };
export const NONE: DisputeResult = { outcome: 'none', amountE8: null };

/** What the seller has offered; nothing, where the seller contests. */
export const offerOf = ({ offerE8 }: Pick<DisputeRow, 'offerE8'>): DisputeResult =>
  offerE8 === null ? NONE : { outcome: 'part', amountE8: offerE8 };

/**
 * How a dispute ends in which nothing more is done. A seller or a marketplace that does not act loses it; a buyer who does not refuse
 * the seller's answer accepts it; a decision that is not appealed, or not decided about again, stands.
 */
export function resultInTime({
  status,
  outcome,
  amountE8,
  offerE8,
}: Pick<DisputeRow, 'status' | 'outcome' | 'amountE8' | 'offerE8'>): DisputeResult {
  if (outcome !== null) return { outcome, amountE8 };
  return status === 'answered' ? offerOf({ offerE8 }) : FULL;
}

/** Whether a decision goes against a side in full or in part, who may appeal it then. */
const isAgainst = (party: Party, outcome: DisputeOutcome | null): boolean => outcome !== (party === 'buyer' ? 'full' : 'none');

/** What a side may do now. */
export const disputeMovesFor = (party: Party, { status, outcome }: Pick<DisputeRow, 'status' | 'outcome'>): DisputeMove[] =>
  MOVE_NAMES.filter((move) => {
    const { by, from } = DISPUTE_RULES[move];
    return by.includes(party) && from.includes(status) && (move !== 'appeal' || isAgainst(party, outcome));
  });

/** Whether the sides may add evidence. */
export const takesEvidence = (status: DisputeStatus): boolean => status !== 'closed';

/** How the history of the order says that it ended. */
export const RESOLUTIONS: Record<DisputeOutcome, OrderReason> = {
  full: 'refunded-in-full',
  part: 'refunded-in-part',
  none: 'not-refunded',
};
