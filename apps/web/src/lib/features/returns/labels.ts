import type { ReturnEventView, ReturnMove, ReturnReason, ReturnStatus, ReturnView } from '@assay/contract';
import { day, money } from '#lib/format.ts';

/** Why a buyer returns something. */
export const RETURN_REASON_LABELS: Record<ReturnReason, string> = {
  damaged: 'It arrived damaged',
  'not-as-described': 'It is not as described',
  'wrong-item': 'It is another item',
  incomplete: 'Parts are missing',
  'changed-mind': 'I changed my mind',
  other: 'Something else',
};

export const RETURN_STATUS_LABELS: Record<ReturnStatus, string> = {
  requested: 'Waiting for the seller',
  accepted: 'To be sent back',
  declined: 'Declined',
  sent: 'On its way back',
  refunded: 'Refunded',
  closed: 'Closed',
  escalated: 'In dispute',
};

/** Tones of the chip of a state. */
export const RETURN_TONES: Record<ReturnStatus, string> = {
  requested: 'info',
  accepted: 'info',
  declined: 'warn',
  sent: 'info',
  refunded: 'good',
  closed: '',
  escalated: 'metal',
};

export const RETURN_DONE_LABELS: Record<ReturnMove, string> = {
  accept: 'Return accepted. The buyer sends it to your address.',
  decline: 'Return declined. The buyer is notified.',
  withdraw: 'Return closed.',
  send: 'Marked as sent back. The seller confirms when it arrives.',
  receive: 'Return received. The buyer is refunded.',
  escalate: 'Dispute opened. The seller is notified.',
};

/** Who reads about a return. */
export type ReturnViewer = 'buyer' | 'seller' | 'platform';

const SAYS: Record<Exclude<ReturnEventView['action'], 'expire'>, string> = {
  request: 'asked for a return',
  accept: 'accepted the return',
  decline: 'declined the return',
  withdraw: 'closed the return',
  send: 'sent it back',
  receive: 'received it',
  escalate: 'opened a dispute',
};

/** A step of a return, as one of its sides reads it. */
export function returnEventLabel({ action, by }: Pick<ReturnEventView, 'action' | 'by'>, viewer: ReturnViewer): string {
  if (action === 'expire') return 'The time for the next step was over';
  return `${by === viewer ? 'You' : `The ${by}`} ${SAYS[action]}`;
}

/** What happens next with a return, and until when. */
export function returnNext(view: Pick<ReturnView, 'status' | 'dueAt' | 'amount' | 'currency' | 'paused'>, viewer: ReturnViewer): string {
  if (view.paused) return 'The payment is disputed at the buyer’s bank. This return waits until the bank has decided.';
  const { status, dueAt, amount, currency } = view;
  const [buying, selling] = [viewer === 'buyer', viewer === 'seller'];
  const [until, sum] = [dueAt ? day(dueAt) : '', money(amount, currency)];
  switch (status) {
    case 'requested':
      return buying
        ? `The seller has until ${until} to answer. Without an answer, a dispute is opened for you.`
        : `${selling ? 'Answer by' : 'The seller has until'} ${until}${selling ? '' : ' to answer'}. Without an answer, a dispute is opened.`;
    case 'accepted':
      return buying ? `Send it back by ${until}. You get ${sum} when it arrives.` : `The buyer has until ${until} to send it back.`;
    case 'declined':
      return buying ? `If you do not agree, open a dispute by ${until}.` : `The buyer can open a dispute until ${until}.`;
    case 'sent':
      return buying
        ? `You get ${sum} when the seller confirms that it arrived, on ${until} at the latest.`
        : `${selling ? 'Confirm when it arrives.' : 'The seller confirms when it arrives.'} The buyer gets ${sum} on ${until} otherwise.`;
    case 'refunded':
      return buying ? `You were refunded ${sum}.` : `The buyer was refunded ${sum}.`;
    case 'closed':
      return 'The return is closed without a refund.';
    case 'escalated':
      return 'The return has become a dispute.';
  }
}

/** Who pays for sending it back. */
export const paysLabel = ({ paysShipping }: Pick<ReturnView, 'paysShipping'>, viewer: ReturnViewer): string =>
  `${paysShipping === viewer ? 'You pay' : `The ${paysShipping} pays`} for sending it back.`;
