import { disableAccount } from '@assay/core';
import { accountCommand } from './lib/account-command.ts';

await accountCommand({
  name: 'disable-account',
  help: `npm run disable-account -- --email ADDRESS

Ends the sessions of an account, and lets it sign in no more until it is enabled again. Its listings and ratings stay.
Exit codes: 0 done, 1 no such account, 2 wrong call.`,
  work: disableAccount,
  say: ({ email }) => `${email} is disabled, and signed out.`,
});
