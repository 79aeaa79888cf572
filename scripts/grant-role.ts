import { parseArgs } from 'node:util';
import { createContainer, createLogger, loadEnvFile, readConfig, SCRIPT_SECRET } from '@assay/api';
import { ROLES } from '@assay/contract';
import { grantRole } from '@assay/core';
import { runCommand, WrongCall } from './lib/command.ts';

const HELP = `npm run grant-role -- --email ADDRESS --role ${ROLES.join('|')}

Gives an account a role. This is how the first admin comes to be. Exit codes: 0 done, 1 no such account, 2 wrong call.`;

await runCommand(async () => {
  const { values } = parseArgs({ options: { email: { type: 'string' }, role: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  const { email } = values;
  const role = ROLES.find((name) => name === values.role);
  if (!email || !role) throw new WrongCall(`Name an account and a role: --email ADDRESS --role ${ROLES.join('|')}`);
  loadEnvFile();
  const container = await createContainer(readConfig({ ...process.env, JWT_SECRET: SCRIPT_SECRET }), createLogger('silent', 'grant-role'));
  try {
    const ctx = container.context({ kind: 'system', name: 'grant-role' }, 'grant-role');
    const account = await grantRole(ctx, { email: email.trim().toLowerCase(), role });
    console.log(`${account.email} is ${account.roles.join(', ')} now. It shows with the next sign-in.`);
  } finally {
    await container.close();
  }
});
