import type { DisputeEventView, DisputeMove, DisputeReason, DisputeStatus, DisputeView } from '@assay/contract';
import { day, money } from '#lib/format.ts';

/** Why a buyer opens a dispute. */
export const DISPUTE_REASON_LABELS: Record<DisputeReason, string> = {
  'not-received': 'It did not arrive',
  'not-as-described': 'It is not as described',
  damaged: 'It arrived damaged',
  'wrong-item': 'It is another item',
  incomplete: 'Parts are missing',
  counterfeit: 'It is not genuine',
  other: 'Something else',
};

export const DISPUTE_STATUS_LABELS: Record<DisputeStatus, string> = {
  opened: 'Waiting for the seller',
  answered: 'Waiting for the buyer',
  escalated: 'In review',
  decided: 'Decided',
  appealed: 'Appeal in review',
  closed: 'Closed',
};

/** Tones of the chip of a state. */
export const DISPUTE_TONES: Record<DisputeStatus, string> = {
  opened: 'info',
  answered: 'info',
  escalated: 'metal',
  decided: '',
  appealed: 'metal',
  closed: '',
};

export const OUTCOME_LABELS = { full: 'Refund in full', part: 'Refund in part', none: 'No refund' } as const;

export type DisputeViewer = 'buyer' | 'seller' | 'platform';

const NAMES = { buyer: 'The buyer', seller: 'The seller', platform: 'Assay', system: 'Assay' } as const;

/** A step of a dispute, as one of its sides or an admin reads it. */
export function disputeEventLabel({ action, by, amount, outcome }: DisputeEventView, currency: string, viewer: DisputeViewer): string {
  const subject = by === viewer && viewer !== 'platform' ? 'You' : NAMES[by];
  const sum = amount === null ? '' : money(amount, currency);
  const result = outcome === null ? '' : outcome === 'part' ? `a refund of ${sum}` : outcome === 'full' ? 'a refund in full' : 'no refund';
  switch (action) {
    case 'open':
      return `${subject} opened the dispute`;
    case 'offer':
      return `${subject} offered to refund ${sum}`;
    case 'contest':
      return `${subject} offered no refund`;
    case 'refund':
      return `${subject} agreed to a refund in full`;
    case 'accept':
      return `${subject} accepted: ${result}`;
    case 'escalate':
      return `${subject} asked Assay to decide`;
    case 'withdraw':
      return `${subject} closed the dispute`;
    case 'decide':
      return `Assay decided: ${result}`;
    case 'appeal':
      return `${subject} appealed the decision`;
    case 'expire':
      return `Closed when the time was over: ${result}`;
  }
}

/** What happens next in a dispute, and until when. */
export function disputeNext({ status, dueAt, offer, currency, outcome, paused }: DisputeView, viewer: DisputeViewer): string {
  if (paused) return 'The payment is disputed at the buyer’s bank. This dispute waits until the bank has decided.';
  const by = dueAt ? day(dueAt) : '';
  const buying = viewer === 'buyer';
  switch (status) {
    case 'opened':
      return viewer === 'seller'
        ? `Answer by ${by}, or the buyer is refunded in full.`
        : `The seller has until ${by} to answer. Without an answer, ${buying ? 'you are' : 'the buyer is'} refunded in full.`;
    case 'answered': {
      const what = offer === null ? 'The seller offers no refund.' : `The seller offers to refund ${money(offer, currency)}.`;
      const then = offer === null ? 'the dispute is closed without a refund' : 'the offer counts as accepted';
      return buying
        ? `${what} Accept, or ask Assay to decide, by ${by}. After that, ${then}.`
        : `${what} The buyer has until ${by}. After that, ${then}.`;
    }
    case 'escalated':
      return `Assay decides by ${by}. Both sides can add evidence.`;
    case 'decided':
      return `Assay decided: ${OUTCOME_LABELS[outcome ?? 'none'].toLowerCase()}. It can be appealed until ${by}, and is carried out then.`;
    case 'appealed':
      return `The decision was appealed. Assay looks at it again by ${by}.`;
    case 'closed':
      return 'This dispute is closed.';
  }
}

/** What a move of a dispute led to. */
export const DISPUTE_DONE_LABELS: Record<DisputeMove, string> = {
  refund: 'The buyer is refunded.',
  offer: 'Your offer was sent to the buyer.',
  contest: 'Your answer was sent to the buyer.',
  accept: 'Accepted. The dispute is closed.',
  escalate: 'Assay decides now. You can add evidence.',
  withdraw: 'The dispute is closed.',
  appeal: 'Your appeal was sent.',
};
