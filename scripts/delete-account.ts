import { deleteAccount, type Context } from '@assay/core';
import { accountCommand } from './lib/account-command.ts';

await accountCommand({
  name: 'delete-account',
  help: `npm run delete-account -- --email ADDRESS

Deletes an account for good, as its owner can on the page of the account: at their request, when they cannot sign in. It is refused while
orders, payments or appeals are open. The API erases the rest in batches. docs/privacy.md says what stays.
Exit codes: 0 done, 1 no such account or refused, 2 wrong call.`,
  work: (ctx: Context, input) => deleteAccount(ctx, input),
  say: ({ id }) => `Account ${id} is deleted. The API erases what is left of it.`,
});
