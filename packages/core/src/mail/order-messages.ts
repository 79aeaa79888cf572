import { PAGES } from '@assay/contract';
import { composeEmail } from './compose.ts';
import type { EmailBody } from './ports.ts';

interface DueOrder {
  id: number;
  title: string;
  dueAt: Date | null;
}

/** A day as e-mails write it. */
export const dayOf = (at: Date | null) =>
  (at ?? new Date()).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Reminds a buyer to confirm that an order arrived, or a seller to ship it, before its time is over. */
export const orderReminderMessage = (base: string, name: string, to: 'buyer' | 'seller', { id, title, dueAt }: DueOrder): EmailBody =>
  composeEmail({
    subject: to === 'buyer' ? `Did order ${id} arrive?` : `Ship order ${id} by ${dayOf(dueAt)}`,
    paragraphs:
      to === 'buyer'
        ? [
            `Hello ${name},`,
            `has “${title}” arrived? If all is well, confirm it. If it did not arrive, or not as described, contact the seller before ${dayOf(dueAt)}: the order is completed then, and its payment goes to the seller.`,
          ]
        : [
            `Hello ${name},`,
            `“${title}” is paid and not shipped yet. If it is not shipped by ${dayOf(dueAt)}, the order is cancelled and the buyer is refunded.`,
          ],
    link: { label: 'See the order', url: base + PAGES.order(id) },
    reason: to === 'buyer' ? 'You got this because you bought this on Assay.' : 'You got this because you sold this on Assay.',
  });

/** Notifies a seller that an admin refunds an order. @param amount with its currency */
export const orderRefundedMessage = (
  base: string,
  name: string,
  { id, title }: Pick<DueOrder, 'id' | 'title'>,
  amount: string,
): EmailBody =>
  composeEmail({
    subject: `We refunded ${amount} of order ${id}`,
    paragraphs: [`Hello ${name},`, `we refund ${amount} of “${title}” to its buyer. The reason is on the page of the order.`],
    link: { label: 'See the order', url: base + PAGES.order(id) },
    reason: 'You got this because you sold this on Assay.',
  });
