import { parseArgs } from 'node:util';
import { lockDemoAccounts } from '@assay/core';
import { runCommand, withSystem } from './lib/command.ts';

const HELP = `npm run demo:lock

Removes the passwords of the demo accounts, which are public: run it before a database with demo data goes into production.
Exit codes: 0 done, 2 wrong call.`;

await runCommand(async () => {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  const locked = await withSystem('demo-lock', (ctx) => lockDemoAccounts(ctx));
  console.log(locked === 0 ? 'There is no demo account with a password.' : `${locked} demo account(s) cannot sign in any more.`);
});
