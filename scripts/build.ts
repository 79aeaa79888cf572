import { parseArgs } from 'node:util';
import { buildWeb } from './lib/build-web.ts';
import { runCommand } from './lib/command.ts';

const HELP = `npm run build

Builds the pages if one of their sources has changed. The API needs no build. Exit codes: 0 done, 1 failed, 2 wrong call.`;

await runCommand(async () => {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  console.log((await buildWeb()) ? 'The pages are built.' : 'The pages are up to date.');
});
