import { parseArgs } from 'node:util';
import { repairSellersScores, scheduleVerification, verifySellersScores } from '@assay/core';
import { runCommand, withSystem } from './lib/command.ts';
import { printDiscrepancies } from './lib/discrepancies.ts';

const HELP = `npm run verify-aggregates [-- options]

Compares every seller's stored score with their ratings, in one statement, and lists the scores that differ.

  --repair    correct them, and have the API verify all again, which ends its alert
  --json      the result as JSON on standard output
  --help

Exit codes: 0 every score is right, 1 one or more were wrong (also if repaired) or it failed, 2 wrong call.`;

await runCommand(async () => {
  const { values } = parseArgs({ options: { repair: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  return withSystem('verify-aggregates', async (ctx) => {
    const startedAt = performance.now();
    const wrong = await verifySellersScores(ctx);
    if (values.repair && wrong.length > 0) {
      await repairSellersScores(ctx, wrong);
      await scheduleVerification(ctx); // the metric and its alert are about the last verification of the API
    }
    const durationMs = Math.round(performance.now() - startedAt);
    const repaired = values.repair ? wrong.length : 0;
    if (values.json) console.log(JSON.stringify({ wrong, repaired, durationMs }, null, 2));
    else {
      printDiscrepancies(wrong);
      const result =
        wrong.length === 0
          ? 'Every score is right'
          : `${wrong.length.toLocaleString('en')} wrong, ${repaired.toLocaleString('en')} repaired`;
      console.log(`${result} (${(durationMs / 1000).toFixed(1)} s).`);
    }
    return wrong.length > 0 ? 1 : 0;
  });
});
