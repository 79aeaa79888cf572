import { resetSecondFactor } from '@assay/core';
import { accountCommand } from './lib/account-command.ts';

await accountCommand({
  name: 'reset-second-factor',
  help: `npm run reset-second-factor -- --email ADDRESS

For an owner who has lost them: removes the authenticator app, the recovery codes and the passkeys of an account, and ends its
sessions. Make sure by other means that it is the owner who asks. Exit codes: 0 done, 1 no such account, 2 wrong call.`,
  work: resetSecondFactor,
  say: ({ email }) => `${email} has no second factor any more, and the account is signed out.`,
});
