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

/** To the address of an account, proved or not: nothing that its owner typed is in it. */
export const passwordResetMessage = (base: string, token: string): EmailBody =>
  composeEmail({
    subject: 'Set a new password',
    paragraphs: [
      'Hello,',
      'open this link to set a new password for your account. It is good for 30 minutes, and once. You will be signed out everywhere.',
      'If you did not ask for it, ignore this e-mail: your password stays as it is.',
    ],
    link: { label: 'Set a new password', url: base + PAGES.resetPassword(token) },
    reason: 'You got this because a new password was asked for the account with this address.',
  });

/** To the new address of a change, which is not proved: nothing of the account is in it. */
export const confirmNewAddressMessage = (base: string, token: string): EmailBody =>
  composeEmail({
    subject: 'Confirm your new e-mail address',
    paragraphs: [
      'Hello,',
      'open this link and confirm there that this is the new address of your account. It is good for 24 hours.',
      'If you did not ask for it, ignore this e-mail.',
    ],
    link: { label: 'Confirm the new address', url: base + PAGES.emailChange(token) },
    reason: 'You got this because this address was entered as the new one of an account.',
  });

export const confirmOldAddressMessage = (base: string, name: string, newEmail: string, token: string): EmailBody =>
  composeEmail({
    subject: 'Your e-mail address is about to change',
    paragraphs: [
      `Hello ${name},`,
      `your account is to get the address ${newEmail}. Open this link to confirm the change, or to refuse it. It is good for 24 hours, and nothing changes before both addresses confirm.`,
      'If this was not you, refuse the change, set a new password, and look at where you are signed in.',
    ],
    link: { label: 'Confirm or refuse', url: base + PAGES.emailChange(token) },
    reason: 'You got this because it is about how you sign in.',
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

/** The last e-mail to a person: nothing of the account is in it. */
export const accountDeletedMessage = (base: string, moneyRecordYears: number): EmailBody =>
  composeEmail({
    subject: 'Your account is deleted',
    paragraphs: [
      'Hello,',
      'your account is deleted. Your name, address, pictures and documents are removed. Ratings that you gave stay, by “Former member”.',
      `We keep records of orders and payments for ${moneyRecordYears} years, because the law asks for it. Then they go, too.`,
      'If this was not you, answer this e-mail at once.',
    ],
    link: { label: 'Open Assay', url: base },
    reason: 'You got this because an account with this address was deleted. It is the last e-mail about it.',
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

/** What changed in the ways into an account. */
export type AccountChange = keyof typeof CHANGES;

const CHANGES = {
  'wallet.linked': ['A wallet was linked to your account', 'a wallet was linked to your account: it can sign in there from now on.'],
  'wallet.unlinked': [
    'A wallet was unlinked from your account',
    'a wallet was unlinked from your account: it cannot sign in there any more.',
  ],
  'password.added': ['A password was added to your account', 'your account can be used with e-mail and password from now on.'],
  'password.changed': ['Your password was changed', 'the password of your account was changed, and your other devices were signed out.'],
  'password.reset': [
    'A new password was set',
    'a new password was set for your account by a link to this address, and all devices were signed out.',
  ],
  'email.changed': [
    'Your e-mail address was changed',
    'your account has another e-mail address from now on: this one does not sign in any more.',
  ],
  'second-factor.enabled': [
    'Two-step verification is on',
    'two-step verification was turned on: from now on, signing in asks for a code of your authenticator app. Your other devices were signed out.',
  ],
  'second-factor.disabled': ['Two-step verification is off', 'two-step verification was turned off: signing in asks for no code any more.'],
  'second-factor.reset': [
    'Two-step verification was reset',
    'we have turned two-step verification off for your account, and signed out all devices. Set it up again after you sign in.',
  ],
  'recovery-code.used': ['A recovery code was used', 'one of your recovery codes was used to sign in. It is not good any more.'],
  'recovery-codes.renewed': [
    'You have new recovery codes',
    'new recovery codes were made for your account. Those that you had before are not good any more.',
  ],
  'passkey.added': ['A passkey was added to your account', 'a passkey was added to your account: it can sign in there from now on.'],
  'passkey.removed': [
    'A passkey was removed from your account',
    'a passkey was removed from your account, and your other devices were signed out.',
  ],
  'password.removed': ['E-mail and password were removed', 'this address and the password were removed from your account.'],
} as const;

/** A way into an account was added, changed or removed. */
export const accountChangedMessage = (base: string, name: string, change: AccountChange): EmailBody =>
  composeEmail({
    subject: CHANGES[change][0],
    paragraphs: [
      `Hello ${name},`,
      CHANGES[change][1],
      'If this was not you, sign out your other devices at once, and change your password and your wallets.',
    ],
    link: { label: 'See your account', url: base + PAGES.account },
    reason: 'You got this because it is about how your account is signed in to.',
  });
