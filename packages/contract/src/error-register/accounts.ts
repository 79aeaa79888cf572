import { entry } from './entry.ts';

/** Signing in, and accounts. */
export const ACCOUNT_ERRORS = {
  UNAUTHENTICATED: entry(
    'There is no token, or it is not a good one any more: access tokens last `JWT_TTL_SECONDS`.',
    'Sign in, or get a new token with `POST /api/v1/auth/refresh`.',
    'From all accounts at once: `JWT_SECRET` was changed, or differs between processes.',
  ),
  ACCOUNT_DISABLED: entry(
    'An admin has disabled the account. Only a sign-in with the right password or wallet gets this answer.',
    'Do not try again; contact us.',
  ),
  INVALID_CREDENTIALS: entry(
    'No account has this e-mail with this password. The answer does not say which of the two is wrong.',
    'Ask the person again.',
  ),
  SESSION_ENDED: entry(
    'The session has expired, was ended, or its refresh token was used a second time, which ends it; or the account is disabled.',
    'Sign in again. Keep only the newest refresh token, and refresh from one place.',
  ),
  SIGN_IN_CHALLENGE_ENDED: entry(
    'There is no challenge, or it is older than five minutes, was issued to another browser, or the password or wallets of the account have changed since.',
    'Start with e-mail and password, or the wallet, again.',
  ),
  WRONG_CODE: entry(
    'The code is not that of the authenticator app now, or half a minute before or after, or it was used already; or it is no recovery code that is left.',
    'Ask for the next code. An app whose clock is wrong shows wrong codes.',
    'From many accounts at once: the clock of the server is wrong, or PAYOUT_DETAILS_KEY was changed and its earlier value was not kept beside it.',
  ),
  PASSKEYS_OFF: entry(
    'The server does not know by which name people reach it, or it is a numeric address: browsers make no passkeys for it.',
    'Sign in another way.',
    'Set PUBLIC_URL, with a host name.',
  ),
  PASSKEY_INVALID: entry(
    'The answer of the browser is not for a challenge of ours that is open (five minutes, once, in the same session), is for another site, did not verify the person, has a wrong signature, or the counter of the passkey went back: a copy of it may exist.',
    'Ask for new options, and begin again.',
    'For one account again and again: look for a copied passkey, and ask its owner to remove it.',
  ),
  PASSKEY_UNKNOWN: entry('No account has this passkey: it was removed here, but not on the device.', 'Sign in another way.'),
  PASSKEY_TAKEN: entry('An account has this passkey.', 'Use another device or security key.'),
  PASSKEY_LIMIT: entry('The account has ten passkeys.', 'Offer to remove one.'),
  PASSKEY_NOT_FOUND: entry('The passkey does not exist, was removed, or belongs to another account.', 'Read the list again.'),
  SECOND_FACTOR_REQUIRED: entry(
    'The account is an admin or operator, but the session was opened with one factor only: the rights of the role are withheld. A wallet is one factor, a passkey is two. In production this is so unless `REQUIRE_SECOND_FACTOR=never`.',
    'Send the person to `/account/two-step`. A script signs in with a code of the app.',
  ),
  SECOND_FACTOR_NOT_SET_UP: entry(
    'The site keeps no secrets of authenticator apps, because `PAYOUT_DETAILS_KEY` is not set or is `none`.',
    'Offer it later.',
    'Set PAYOUT_DETAILS_KEY.',
  ),
  SECOND_FACTOR_ON: entry('The account has an authenticator app.', 'Turn two-step verification off first.'),
  SECOND_FACTOR_OFF: entry('The account has no authenticator app.', 'Read the account again.'),
  SET_UP_ENDED: entry(
    'This session has begun no set-up, or more than 15 minutes ago, or another session has begun one since.',
    'Begin again.',
  ),
  SESSION_NOT_FOUND: entry('The session does not exist, has ended, or belongs to another account.', 'Read the list of sessions again.'),
  RESET_LINK_INVALID: entry(
    'The link to set a new password is unknown, was used, is older than 30 minutes, or the account has another address or password by now.',
    'Offer to send another one.',
  ),
  DELETION_REFUSED: entry(
    'Orders, payments or appeals of the account are open, or it is the last account of an admin. `errors` names each by its `field`.',
    'Show what has to end first; `GET /api/v1/auth/account/deletion` lists it.',
  ),
  OWN_ACCOUNT: entry('Admins cannot take away their own roles or disable themselves.', 'Ask another admin.'),
  EMAIL_NOT_VERIFIED: entry(
    'The owner of the address has not opened the link that was sent there, so another person may have registered it. Votes, follows and roles need a proved address; a linked wallet will do for votes and follows.',
    'Ask for the link to be opened, then repeat it.',
  ),
  ACCOUNT_LOCKED: entry(
    'Ten wrong passwords or codes for one account from one address, one known device or one session within 15 minutes, 100 wrong passwords from all addresses within an hour, or 30 wrong codes within a day. Until it is over, the right password is refused too, and so is an e-mail that no account has.',
    'Wait as long as `Retry-After` says, sign in on a device that has signed in before, with a wallet, or set a new password by e-mail.',
    'Many accounts at once: an attacker is trying lists of passwords. Look for their addresses in the log.',
  ),
};
