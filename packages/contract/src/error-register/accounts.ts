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
    'The owner of the address has not opened the link that was sent there, so another person may have registered it.',
    'Ask for the link to be opened, then repeat it.',
  ),
  ACCOUNT_LOCKED: entry(
    'Ten wrong passwords for one account from one address, one known device or one session within 15 minutes, or 100 from all addresses within an hour. Until it is over, the right password is refused too, and so is an e-mail that no account has.',
    'Wait as long as `Retry-After` says, sign in on a device that has signed in before, with a wallet, or set a new password by e-mail.',
    'Many accounts at once: an attacker is trying lists of passwords. Look for their addresses in the log.',
  ),
};
