import type { ChargebackStatus, ChargebackView } from '@assay/contract';
import { day, money } from '#lib/format.ts';

export const CHARGEBACK_LABELS: Record<ChargebackStatus, string> = {
  inquiry: 'Inquiry',
  open: 'Open',
  won: 'Won',
  lost: 'Lost',
  closed: 'Closed',
};

export const CHARGEBACK_TONES: Record<ChargebackStatus, '' | 'good' | 'bad'> = {
  inquiry: '',
  open: '',
  won: 'good',
  lost: 'bad',
  closed: '',
};

/** How a side of the order reads how far it is. */
export function chargebackText(chargeback: ChargebackView, buying: boolean): string {
  const amount = money(chargeback.amount, chargeback.currency);
  switch (chargeback.status) {
    case 'inquiry':
      return buying
        ? 'Your bank asked about this payment. No money moves for that.'
        : 'The buyer’s bank asks about this payment. No money moves for that, and we answer it.';
    case 'open':
      return buying
        ? `You disputed ${amount} of this payment at your bank. Refunds wait until the bank has decided.`
        : `The buyer disputed this payment at their bank. The bank takes back ${amount} until it has decided. You cannot refund the order meanwhile.`;
    case 'won':
      return buying
        ? 'Your bank decided for the seller.'
        : `The buyer disputed this payment at their bank, which decided for you. You get back ${amount}.`;
    case 'lost':
      return buying
        ? `Your bank decided for you: you keep ${amount}.`
        : `The buyer disputed this payment at their bank, which decided for the buyer: ${amount} stay with the buyer. Do not refund it again.`;
    case 'closed':
      return buying ? 'Your bank closed its inquiry about this payment.' : 'The buyer’s bank closed its inquiry. No money moved.';
  }
}

/** What an admin does about it, and until when. */
export const chargebackTask = ({ status, evidenceDueAt, withdrawn }: ChargebackView): string =>
  status === 'inquiry' || status === 'open'
    ? `Answer it at the provider${evidenceDueAt ? ` by ${day(evidenceDueAt)}` : ''}.`
    : status === 'won' && withdrawn
      ? 'The money has not come back yet.'
      : '';
