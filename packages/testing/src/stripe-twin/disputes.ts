import { invalid, type Books, type StripeObject } from './books.ts';

const PLATFORM = 'platform';
const DAY_S = 86_400;
/** So long evidence is taken. */
const EVIDENCE_DAYS = 9;

export interface DisputeOptions {
  inquiry?: boolean;
  /** All that is not refunded, where it is not given. */
  amount?: number;
  /** What Stripe charges when the money is withdrawn. */
  fee?: number;
}

interface Dispute extends StripeObject {
  amount: number;
  currency: string;
  status: string;
  fee: number;
  balance_transactions: { amount: number; fee: number }[];
}

/** Whether the bank has not decided about a dispute that took money. */
export const isOpen = ({ status }: StripeObject): boolean => status === 'needs_response' || status === 'under_review';

/** The buyer disputes a payment at their bank. An inquiry moves nothing. */
export function openDispute(books: Books, intentId: string, { inquiry = false, amount, fee = 0 }: DisputeOptions): StripeObject {
  const intent = books.find(intentId, 'payment_intent');
  const refunded = books
    .list('refund', (one) => one.payment_intent === intentId && one.status !== 'failed')
    .reduce((sum, refund) => sum + (refund.amount as number), 0);
  const dispute = books.create('dp', 'dispute', {
    amount: amount ?? (intent.amount as number) - refunded,
    currency: intent.currency,
    payment_intent: intent.id,
    charge: intent.latest_charge,
    status: inquiry ? 'warning_needs_response' : 'needs_response',
    reason: 'fraudulent',
    balance_transactions: [],
    evidence: {},
    evidence_details: { due_by: Math.floor(books.now() / 1000) + EVIDENCE_DAYS * DAY_S },
    fee,
  }) as Dispute;
  books.say('charge.dispute.created', dispute);
  if (!inquiry) withdraw(books, dispute);
  return dispute;
}

/** The bank makes an inquiry a dispute, and takes the money. */
export function escalateDispute(books: Books, id: string): StripeObject {
  const dispute = find(books, id);
  if (!dispute.status.startsWith('warning_needs')) throw invalid(`${id} is no inquiry.`);
  dispute.status = 'needs_response';
  books.say('charge.dispute.updated', dispute);
  withdraw(books, dispute);
  return dispute;
}

/** The marketplace has sent its evidence. */
export function answerDispute(books: Books, id: string): StripeObject {
  const dispute = find(books, id);
  if (!dispute.status.endsWith('needs_response')) throw invalid(`${id} is answered or closed.`);
  dispute.status = dispute.status.replace('needs_response', 'under_review');
  books.say('charge.dispute.updated', dispute);
  return dispute;
}

/** The bank decides; it may decide for the marketplace after a loss. A win gives back what was withdrawn, and the fee. */
export function closeDispute(books: Books, id: string, won: boolean): StripeObject {
  const dispute = find(books, id);
  const { status } = dispute;
  if (!isOpen(dispute) && !status.startsWith('warning_') && !(status === 'lost' && won)) throw invalid(`${id} is closed.`);
  if (status === 'warning_closed') throw invalid(`${id} is closed.`);
  dispute.status = status.startsWith('warning_') ? 'warning_closed' : won ? 'won' : 'lost';
  if (dispute.status === 'won') {
    settle(books, dispute, 'dispute-won', 1);
    books.say('charge.dispute.funds_reinstated', dispute);
  }
  books.say('charge.dispute.closed', dispute);
  return dispute;
}

const find = (books: Books, id: string) => books.find(id, 'dispute') as Dispute;

function withdraw(books: Books, dispute: Dispute): void {
  settle(books, dispute, 'dispute', -1);
  books.say('charge.dispute.funds_withdrawn', dispute);
}

function settle(books: Books, dispute: Dispute, kind: 'dispute' | 'dispute-won', sign: 1 | -1): void {
  const { id, currency } = dispute;
  const [amount, fee] = [sign * dispute.amount, -sign * dispute.fee];
  books.move({ kind, object: id, account: PLATFORM, amount: amount - fee, currency });
  dispute.balance_transactions.push({ amount, fee, currency, net: amount - fee } as Dispute['balance_transactions'][number]);
}
