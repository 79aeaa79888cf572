import { parseArgs } from 'node:util';
import { createContainer, createLogger, loadEnvFile, readConfig, SCRIPT_SECRET } from '@assay/api';
import { lockDemoAccounts } from '@assay/core';
import { runCommand } from './lib/command.ts';

const HELP = `npm run demo:lock

Takes the demo accounts their passwords, which everybody knows: before a database with demo data goes into production.
Exit codes: 0 done, 2 wrong call.`;

await runCommand(async () => {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  loadEnvFile();
  const container = await createContainer(readConfig({ ...process.env, JWT_SECRET: SCRIPT_SECRET }), createLogger('silent', 'demo-lock'));
  try {
    const locked = await lockDemoAccounts(container.context({ kind: 'system', name: 'demo-lock' }, 'demo-lock'));
    console.log(locked === 0 ? 'There is no demo account with a password.' : `${locked} demo account(s) cannot sign in any more.`);
  } finally {
    await container.close();
  }
});
