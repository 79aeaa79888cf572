import { PAGES } from '@assay/contract';
import { composeEmail } from './compose.ts';
import type { EmailBody } from './ports.ts';

const REASON = 'You got this because it is about where your money goes.';

/** @param masked where it goes, masked */
export const payoutSentMessage = (base: string, name: string, amount: string, masked: string): EmailBody =>
  composeEmail({
    subject: `Your payout of ${amount} is on its way`,
    paragraphs: [`Hello ${name},`, `we have sent ${amount} to ${masked}. Banks take one or two working days.`],
    link: { label: 'See your payouts', url: base + PAGES.payouts },
    reason: REASON,
  });

/** @param masked where it went, masked */
export const payoutReturnedMessage = (base: string, name: string, amount: string, masked: string): EmailBody =>
  composeEmail({
    subject: `Your payout of ${amount} came back`,
    paragraphs: [
      `Hello ${name},`,
      `our payout of ${amount} to ${masked} did not arrive. The money is in your balance again.`,
      'Check your payout details and save them again. Until then we make no payouts.',
    ],
    link: { label: 'Check your payout details', url: base + PAGES.payout },
    reason: REASON,
  });
