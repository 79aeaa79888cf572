import { parseArgs } from 'node:util';
import { rollbackFeature } from '@assay/core';
import { runCommand, withSystem, WrongCall } from './lib/command.ts';
import { describeFlag, flagName } from './lib/flags.ts';

const HELP = `npm run rollback-feature -- NAME [options]

Switches a feature off for everyone, within a second in every process. npm run flags -- undo NAME reverts this.

  --json      the flag as JSON on standard output
  --help

Exit codes: 0 done, 1 refused or failed, 2 wrong call.`;

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) return console.log(HELP);
  if (positionals.length > 1) throw new WrongCall('Name one flag. npm run rollback-all-seller-features switches off all.');
  const name = flagName(positionals[0]);
  const flag = await withSystem('rollback-feature', (ctx) => rollbackFeature(ctx, { name }));
  console.log(values.json ? JSON.stringify(flag, null, 2) : `${name} is ${describeFlag(flag)}.`);
});
