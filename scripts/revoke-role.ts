import { ROLES } from '@assay/contract';
import { revokeRole } from '@assay/core';
import { roleCommand } from './lib/account-command.ts';

await roleCommand({
  name: 'revoke-role',
  help: `npm run revoke-role -- --email ADDRESS --role ${ROLES.join('|')}

Takes a role from an account, at once, and ends its sessions. Exit codes: 0 done, 1 no such account, 2 wrong call.`,
  work: revokeRole,
  say: ({ email, roles }) => `${email} is ${roles.join(', ') || 'without a role'} now, and signed out.`,
});
