import { enableAccount } from '@assay/core';
import { accountCommand } from './lib/account-command.ts';

await accountCommand({
  name: 'enable-account',
  help: `npm run enable-account -- --email ADDRESS

Lets a disabled account sign in again. Exit codes: 0 done, 1 no such account, 2 wrong call.`,
  work: enableAccount,
  say: ({ email }) => `${email} can sign in again.`,
});
