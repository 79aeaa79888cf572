import { PAGES, type ReturnAction, type ReturnStatus } from '@assay/contract';
import { composeEmail } from './compose.ts';
import { dayOf } from './order-messages.ts';
import type { EmailBody } from './ports.ts';

/** What happened with a return, for one side of its order. */
export interface ReturnNews {
  orderId: number;
  title: string;
  to: 'buyer' | 'seller';
  action: ReturnAction;
  /** What it is now. */
  status: ReturnStatus;
  /** When the time for the next step is over. */
  dueAt: Date | null;
  /** What is refunded, with its currency; null where nothing is. */
  amount: string | null;
}

/** The subject and what it says, by what was done. */
const TEXTS: Record<ReturnAction, (news: ReturnNews) => { subject: string; line: string }> = {
  request: ({ orderId, title, dueAt }) => ({
    subject: `The buyer wants to return order ${orderId}`,
    line: `the buyer asks to return “${title}”. Answer by ${dayOf(dueAt)}. Without an answer, a dispute is opened.`,
  }),
  accept: ({ orderId, dueAt }) => ({
    subject: `The seller accepts your return of order ${orderId}`,
    line: `the address is on the page of the order. Send it by ${dayOf(dueAt)}, and say there that you have.`,
  }),
  decline: ({ orderId, dueAt }) => ({
    subject: `The seller declines your return of order ${orderId}`,
    line: `if you do not agree, open a dispute by ${dayOf(dueAt)}. After that the return is closed.`,
  }),
  withdraw: ({ orderId }) => ({ subject: `The return of order ${orderId} was withdrawn`, line: 'the buyer keeps it. There is no refund.' }),
  send: ({ orderId, dueAt }) => ({
    subject: `The return of order ${orderId} is on its way`,
    line: `confirm when it arrives. On ${dayOf(dueAt)} the buyer is refunded otherwise.`,
  }),
  receive: ({ orderId, amount }) => ({
    subject: `Your return of order ${orderId} has arrived`,
    line: amount ? `you are refunded ${amount}.` : 'nothing was left to be refunded.',
  }),
  escalate: ({ orderId }) => ({
    subject: `The return of order ${orderId} is a dispute now`,
    line: 'the buyer opened a dispute. Answer it on the page of the order.',
  }),
  expire: ({ orderId, amount, status }) => ({
    subject: `The return of order ${orderId} is over`,
    line: `the time for the next step is over. ${status === 'escalated' ? 'A dispute is open now.' : amount ? `The buyer is refunded ${amount}.` : 'There is no refund for the return.'}`,
  }),
};

/** Notifies a side of an order of what the other one or a deadline did with a return. */
export function returnMessage(base: string, name: string, news: ReturnNews): EmailBody {
  const { subject, line } = TEXTS[news.action](news);
  return composeEmail({
    subject,
    paragraphs: [`Hello ${name},`, line],
    link: { label: 'See the return', url: base + PAGES.order(news.orderId) },
    reason: news.to === 'buyer' ? 'You got this because you bought this on Assay.' : 'You got this because you sold this on Assay.',
  });
}
