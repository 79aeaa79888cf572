import { PAGES } from '@assay/contract';
import { composeEmail } from './compose.ts';
import type { EmailBody } from './ports.ts';

/**
 * To an address that is not proved: it may be another person's, so nothing that the account's owner typed is in it.
 * @param base the address by which people reach the pages
 */
export const verifyEmailMessage = (base: string, token: string): EmailBody =>
  composeEmail({
    subject: 'Confirm your e-mail address',
    paragraphs: [
      'Hello,',
      'open this link and confirm there that this address is yours. It is good for 24 hours, and once.',
      'If you did not create an account, ignore this e-mail.',
    ],
    link: { label: 'Confirm the address', url: base + PAGES.confirmEmail(token) },
    reason: 'You got this because an account with this address was opened, or asked for a new link.',
  });

/** To the owner of an address with which another account was opened. */
export const addressTakenMessage = (base: string): EmailBody =>
  composeEmail({
    subject: 'You already have an account',
    paragraphs: [
      'Hello,',
      'someone has just used this address for another account here. You already have an account with it, so the other one cannot confirm the address.',
      'If it was you, sign in to your account, or set a new password if you have forgotten it. If it was not you, you need not do anything.',
    ],
    link: { label: 'Sign in', url: base + PAGES.signIn },
    reason: 'You got this because your e-mail address was entered for another account.',
  });

/** To an account one of whose sessions was ended because its refresh token came a second time: another person may have had it. */
export const sessionReusedMessage = (base: string, name: string): EmailBody =>
  composeEmail({
    subject: 'We signed you out on one device',
    paragraphs: [
      `Hello ${name},`,
      'the sign-in of one of your devices was used from two places. Another person may have copied it, so we ended it on both.',
      'Sign in again. If you do not know why this happened, change your password and look through your signed-in devices.',
    ],
    link: { label: 'See your devices', url: base + PAGES.account },
    reason: 'You got this because it is about the security of your account.',
  });

export const verificationDecidedMessage = (base: string, name: string, reason: string | null): EmailBody =>
  composeEmail({
    subject: reason === null ? 'Your papers are accepted' : 'Your papers were not accepted',
    paragraphs:
      reason === null
        ? [
            `Hello ${name},`,
            'we have looked at your papers: your store is marked as verified from now on. The files are deleted in 30 days.',
          ]
        : [
            `Hello ${name},`,
            'we have looked at your papers and could not accept them. The reason:',
            reason,
            'You can hand in others at any time.',
          ],
    link: { label: 'See your verification', url: base + PAGES.profileVerification },
    reason: 'You got this because you handed in papers for your store.',
  });

/** @param masked the new details, masked; null when they were removed */
export const payoutChangedMessage = (base: string, name: string, masked: string | null): EmailBody =>
  composeEmail({
    subject: masked === null ? 'Your payout details were removed' : 'Your payout details were changed',
    paragraphs: [
      `Hello ${name},`,
      masked === null ? 'the payout details of your store were removed.' : `payouts of your store go to ${masked} from now on.`,
      'If this was not you, change your password at once and look at where you are signed in.',
    ],
    link: { label: 'See your payout details', url: base + PAGES.payout },
    reason: 'You got this because it is about where your money goes.',
  });
