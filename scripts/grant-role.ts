import { ROLES } from '@assay/contract';
import { grantRole } from '@assay/core';
import { roleCommand } from './lib/account-command.ts';

await roleCommand({
  name: 'grant-role',
  help: `npm run grant-role -- --email ADDRESS --role ${ROLES.join('|')}

Gives an account a role, for instance to create the first admin. Its e-mail address must be confirmed. The role counts at once.
Exit codes: 0 done, 1 no such account or an address that is not confirmed, 2 wrong call.`,
  work: grantRole,
  say: ({ email, roles }) => `${email} is ${roles.join(', ')} now.`,
});
