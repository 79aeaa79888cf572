import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { FLAG_NAMES } from '@assay/contract';
import { rollbackAllSellerFeatures } from '@assay/core';
import { runCommand, withSystem, WrongCall } from './lib/command.ts';
import { flagLine } from './lib/flags.ts';

const HELP = `npm run rollback-all-seller-features [-- options]

Switches every seller feature off for everyone, within a second in every process: ratings, live updates and all other flags whose
name begins with seller-. Each flag has its own history entry; npm run flags -- undo NAME reverts it.

  --yes       do not ask
  --json      the flags as JSON on standard output
  --help

Exit codes: 0 done, 1 refused, failed or not confirmed, 2 wrong call.`;

/** Asks for confirmation. @throws WrongCall without a terminal */
async function confirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new WrongCall('This switches off all seller features. Add --yes to confirm.');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`Switch off ${FLAG_NAMES.filter((name) => name.startsWith('seller-')).join(', ')}? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

await runCommand(async () => {
  const { values } = parseArgs({ options: { yes: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  if (!values.yes && !(await confirmed())) {
    console.error('Nothing was changed.');
    return 1;
  }
  const items = await withSystem('rollback-all-seller-features', (ctx) => rollbackAllSellerFeatures(ctx));
  console.log(values.json ? JSON.stringify({ items }, null, 2) : items.map(flagLine).join('\n'));
});
