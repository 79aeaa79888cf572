import { parseArgs } from 'node:util';
import { scheduleLedgerVerification, verifyLedger } from '@assay/core';
import { runCommand, withSystem } from './lib/command.ts';

const HELP = `npm run verify-ledger [-- options]

Compares the ledger with itself and with the payments: every entry sums to zero, every balance is the sum of its postings and not below
its floor, every captured or refunded payment has its entries. It reads in ranges, while the product runs, and lists each difference.

  --post-missing   post captured payments that have no entry, because a release without a ledger captured them; the API does so, too
  --json           the result as JSON on standard output
  --help

Exit codes: 0 nothing differs, 1 something differs or it failed, 2 wrong call.`;

const SHOWN = 50;

await runCommand(async () => {
  const { values } = parseArgs({ options: { 'post-missing': { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  return withSystem('verify-ledger', async (ctx) => {
    const startedAt = performance.now();
    const { entries, payments, posted, differences } = await verifyLedger(ctx, { postMissing: values['post-missing'] ?? false });
    if (posted > 0) await scheduleLedgerVerification(ctx); // the metric and its alert are about the last verification of the API
    const durationMs = Math.round(performance.now() - startedAt);
    if (values.json) console.log(JSON.stringify({ entries, payments, posted, differences, durationMs }, null, 2));
    else {
      for (const { check, subject, currency, expected, found } of differences.slice(0, SHOWN))
        console.log(`${check}: ${subject} (${currency}): ${expected} expected, ${found} found`);
      if (differences.length > SHOWN) console.log(`… and ${(differences.length - SHOWN).toLocaleString('en')} more; --json lists them all`);
      if (posted > 0) console.log(`${posted.toLocaleString('en')} payments posted that had no entry.`);
      const result = differences.length === 0 ? 'Nothing differs' : `${differences.length.toLocaleString('en')} differences`;
      console.log(
        `${result}: ${entries.toLocaleString('en')} entries, ${payments.toLocaleString('en')} payments (${(durationMs / 1000).toFixed(1)} s).`,
      );
    }
    return differences.length > 0 ? 1 : 0;
  });
});
