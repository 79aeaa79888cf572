import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { ROLES } from '@assay/contract';
import { grantRole } from '@assay/core';
import { runCommand, withSystem, WrongCall } from './lib/command.ts';

const HELP = `npm run grant-role -- --email ADDRESS --role ${ROLES.join('|')}

Gives an account a role, for instance to create the first admin. Exit codes: 0 done, 1 no such account, 2 wrong call.`;

await runCommand(async () => {
  const { values } = parseArgs({ options: { email: { type: 'string' }, role: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  const { email } = values;
  const role = ROLES.find((name) => name === values.role);
  if (!email || !role) throw new WrongCall(`Name an account and a role: --email ADDRESS --role ${ROLES.join('|')}`);
  const account = await withSystem('grant-role', (ctx) =>
    grantRole(ctx, { email: email.trim().toLowerCase(), role, by: userInfo().username }),
  );
  console.log(`${account.email} is ${account.roles.join(', ')} now. The role takes effect at the next sign-in.`);
});
