import { parseArgs } from 'node:util';
import { lockDemoAccounts } from '@assay/core';
import { runCommand, withSystem } from './lib/command.ts';
import { counted } from './lib/counted.ts';

const HELP = `npm run demo:lock

Shuts the demo accounts, whose passwords are public: disables them, removes their passwords and wallets, takes the roles of admins and
operators, and ends their sessions. Run it before a database with demo data goes into production.
Exit codes: 0 done, 2 wrong call.`;

await runCommand(async () => {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  const locked = await withSystem('demo-lock', (ctx) => lockDemoAccounts(ctx));
  console.log(
    locked === 0
      ? 'There is no demo account that can be used.'
      : `${counted(locked, 'demo account is', 'demo accounts are')} locked: no password, wallet, session or role.`,
  );
});
