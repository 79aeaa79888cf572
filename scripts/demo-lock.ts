import { createContainer, createLogger, loadEnvFile, readConfig, SCRIPT_SECRET } from '@assay/api';
import { lockDemoAccounts } from '@assay/core';

// npm run demo:lock: before a database with demo data goes into production.
loadEnvFile();
const container = await createContainer(readConfig({ ...process.env, JWT_SECRET: SCRIPT_SECRET }), createLogger('silent', 'demo-lock'));
try {
  const locked = await lockDemoAccounts(container.context({ kind: 'system', name: 'demo-lock' }, 'demo-lock'));
  console.log(locked === 0 ? 'There is no demo account with a password.' : `${locked} demo account(s) cannot sign in any more.`);
} finally {
  await container.close();
}
