import { parseArgs } from 'node:util';
import { createContainer, createLogger, loadEnvFile, readConfig, SCRIPT_SECRET } from '@assay/api';
import { ROLES } from '@assay/contract';
import { AppError, grantRole } from '@assay/core';

const HELP = `npm run grant-role -- --email ADDRESS --role ${ROLES.join('|')}

Gives an account a role. This is how the first admin comes to be. Exit codes: 0 done, 1 no such account, 2 wrong call.`;

const { values } = parseArgs({ options: { email: { type: 'string' }, role: { type: 'string' }, help: { type: 'boolean' } } });
const role = ROLES.find((name) => name === values.role);
if (values.help || !values.email || !role) {
  console.log(HELP);
  process.exit(values.help ? 0 : 2);
}
loadEnvFile();
const container = await createContainer(readConfig({ ...process.env, JWT_SECRET: SCRIPT_SECRET }), createLogger('silent', 'grant-role'));
try {
  const account = await grantRole(container.context({ kind: 'system', name: 'grant-role' }, 'grant-role'), {
    email: values.email.trim().toLowerCase(),
    role,
  });
  console.log(`${account.email} is ${account.roles.join(', ')} now. It shows with the next sign-in.`);
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await container.close();
}
