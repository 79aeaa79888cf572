import { PAGES, type ChargebackStatus } from '@assay/contract';
import { composeEmail } from './compose.ts';
import { dayOf } from './order-messages.ts';
import type { EmailBody } from './ports.ts';

/** What the buyer's bank did about a payment, for the seller. */
export interface ChargebackNews {
  orderId: number;
  title: string;
  /** With its currency. */
  amount: string;
  status: ChargebackStatus;
  /** Until when the bank takes evidence. */
  evidenceDueAt: Date | null;
}

const answer = ({ evidenceDueAt }: ChargebackNews) =>
  `We answer the bank${evidenceDueAt ? ` by ${dayOf(evidenceDueAt)}` : ''}. If you have proof of the shipment or messages of the buyer, send them to us now.`;

/** The subject and what it says, by how far it is. */
const TEXTS: Record<ChargebackStatus, (news: ChargebackNews) => { subject: string; lines: string[] }> = {
  inquiry: (news) => ({
    subject: `The buyer’s bank asks about the payment of order ${news.orderId}`,
    lines: [`the buyer’s bank asks about the payment of “${news.title}”. No money moves for that.`, answer(news)],
  }),
  open: (news) => ({
    subject: `The buyer disputed the payment of order ${news.orderId} at their bank`,
    lines: [
      `the buyer disputed ${news.amount} of the payment for “${news.title}” at their bank. The bank takes it back until it has decided, and you cannot refund the order meanwhile.`,
      answer(news),
    ],
  }),
  won: ({ orderId, amount }) => ({
    subject: `The bank decided for you about order ${orderId}`,
    lines: [`the buyer’s bank has decided for you. You get back the ${amount} that it took.`],
  }),
  lost: ({ orderId, amount }) => ({
    subject: `The bank decided for the buyer about order ${orderId}`,
    lines: [
      `the buyer’s bank has decided for the buyer, who keeps the ${amount}. Do not refund it again, and do not ship what is not shipped.`,
    ],
  }),
  closed: ({ orderId }) => ({
    subject: `The bank’s inquiry about order ${orderId} is closed`,
    lines: ['the buyer’s bank has closed its inquiry. No money has moved.'],
  }),
};

/** Notifies a seller of a dispute at the buyer's bank. */
export function chargebackMessage(base: string, name: string, news: ChargebackNews): EmailBody {
  const { subject, lines } = TEXTS[news.status](news);
  return composeEmail({
    subject,
    paragraphs: [`Hello ${name},`, ...lines],
    link: { label: 'See the order', url: base + PAGES.order(news.orderId) },
    reason: 'You got this because you sold this on Assay.',
  });
}
