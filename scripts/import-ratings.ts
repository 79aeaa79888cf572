import { ImportRacedError } from '@assay/core';
import { runCommand, withSystem } from './lib/command.ts';
import { importRatingFile } from './lib/rating-file/import-file.ts';
import { HELP, readOptions } from './lib/rating-file/options.ts';
import { printJson, printReport } from './lib/rating-file/report.ts';

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    console.log(HELP);
    return 0;
  }
  const startedAt = performance.now();
  const outcome = await withSystem('import', (ctx) => importRatingFile(ctx, options));
  const durationMs = performance.now() - startedAt;
  if (options.json) printJson(options.file, options.dryRun, outcome, durationMs);
  else printReport(options.dryRun, outcome, durationMs);
  return outcome.rejected.length + outcome.rejectedBefore > 0 ? 1 : 0;
}

await runCommand(main, [ImportRacedError]);
