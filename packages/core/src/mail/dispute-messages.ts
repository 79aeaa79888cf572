import { PAGES, type DisputeAction, type DisputeOutcome } from '@assay/contract';
import { composeEmail } from './compose.ts';
import { dayOf } from './order-messages.ts';
import type { EmailBody } from './ports.ts';

/** What happened in a dispute, for one of its sides. */
export interface DisputeNews {
  orderId: number;
  title: string;
  to: 'buyer' | 'seller';
  action: DisputeAction;
  outcome: DisputeOutcome | null;
  /** With its currency. */
  amount: string | null;
  /** When the time for the next step is over. */
  dueAt: Date | null;
}

/** What the buyer gets, as each side reads it. */
function resultOf({ to, outcome, amount }: DisputeNews): string {
  if (outcome === 'none') return to === 'buyer' ? 'There is no refund.' : 'The buyer is not refunded.';
  const what = outcome === 'full' ? 'in full' : `in part${amount ? `: ${amount}` : ''}`;
  return to === 'buyer' ? `You are refunded ${what}.` : `The buyer is refunded ${what}.`;
}

const closed = (why: string) => (news: DisputeNews) => ({
  subject: `The dispute about order ${news.orderId} is closed`,
  lines: [why, resultOf(news)],
});

/** The subject and what it says, by what was done. */
const TEXTS: Record<DisputeAction, (news: DisputeNews) => { subject: string; lines: string[] }> = {
  open: ({ orderId, title, dueAt }) => ({
    subject: `The buyer opened a dispute about order ${orderId}`,
    lines: [
      `the buyer reports a problem with “${title}”. The payment is held until the dispute is closed.`,
      `Answer by ${dayOf(dueAt)}. Without an answer, the buyer is refunded in full.`,
    ],
  }),
  offer: ({ orderId, amount, dueAt }) => ({
    subject: `The seller offers a refund for order ${orderId}`,
    lines: [
      `the seller offers to refund ${amount}. Accept it, or ask us to decide, by ${dayOf(dueAt)}. Without an answer, the offer counts as accepted.`,
    ],
  }),
  contest: ({ orderId, dueAt }) => ({
    subject: `The seller answered your dispute about order ${orderId}`,
    lines: [
      `the seller does not offer a refund. If you do not agree, ask us to decide by ${dayOf(dueAt)}. After that the dispute is closed without a refund.`,
    ],
  }),
  escalate: ({ orderId }) => ({
    subject: `We review the dispute about order ${orderId}`,
    lines: ['the buyer asked us to decide. You can add evidence on the page of the order.'],
  }),
  decide: (news) =>
    news.dueAt === null
      ? closed('we decided about the appeal. This decision is final.')(news)
      : {
          subject: `We decided about the dispute of order ${news.orderId}`,
          lines: [`our decision is on the page of the order. ${resultOf(news)}`, `It can be appealed once, until ${dayOf(news.dueAt)}.`],
        },
  appeal: ({ orderId }) => ({
    subject: `The decision about order ${orderId} was appealed`,
    lines: ['the other side appealed our decision. An admin looks at it again.'],
  }),
  refund: closed('the seller agreed to a refund.'),
  accept: closed('the buyer accepted your answer.'),
  withdraw: closed('the buyer closed it.'),
  expire: closed('the time for the next step is over.'),
};

/** Notifies a side of a dispute of what the other one, an admin or a deadline did. */
export function disputeMessage(base: string, name: string, news: DisputeNews): EmailBody {
  const { subject, lines } = TEXTS[news.action](news);
  return composeEmail({
    subject,
    paragraphs: [`Hello ${name},`, ...lines],
    link: { label: 'See the dispute', url: base + PAGES.order(news.orderId) },
    reason: news.to === 'buyer' ? 'You got this because you bought this on Assay.' : 'You got this because you sold this on Assay.',
  });
}
