import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readListingsCsv } from '@assay/api';
import { LISTING_COLUMNS, type ListingImportReport } from '@assay/contract';
import { importListingsOf } from '@assay/core';
import { runCommand, withSystem, WrongCall } from './lib/command.ts';
import { sellerByEmail } from './lib/seller.ts';

const HELP = `npm run listings:import -- FILE --seller EMAIL [options]

Makes and changes the listings of a seller by a CSV file, as their page /seller/listings/import does. A line without an id makes a
listing; one with it changes that one, if its version is still the exported one. All or nothing.

  --seller EMAIL   whose listings
  --dry-run        say what would happen, write nothing
  --skip-errors    take the lines that can be taken, where others cannot
  --json           the report as JSON on standard output
  --help

Columns: ${LISTING_COLUMNS.join(', ')}.
Exit codes: 0 every line can be taken, 1 some cannot (or it failed), 2 wrong call.`;

const SHOWN_ERRORS = 50;

await runCommand(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      seller: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      'skip-errors': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const [file, ...more] = positionals;
  const email = values.seller;
  if (!file || more.length > 0) throw new WrongCall('Name one file.');
  if (!email) throw new WrongCall('Say whose listings: --seller EMAIL');
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new WrongCall(`There is no file ${file}.`);
  const read = readListingsCsv(readFileSync(file));
  const report = await withSystem('listings:import', async (ctx) =>
    importListingsOf(ctx, {
      ...read,
      dryRun: values['dry-run'],
      skipErrors: values['skip-errors'],
      sellerId: await sellerByEmail(ctx, email),
    }),
  );
  if (values.json) console.log(JSON.stringify(report, null, 2));
  else tell(report);
  return report.error > 0 || report.takenBefore ? 1 : 0;
});

function tell(report: ListingImportReport): void {
  const wrong = report.rows.flatMap(({ line, errors }) =>
    errors.map(({ column, message }) => `line ${line}${column && `, ${column}`}: ${message}`),
  );
  for (const text of wrong.slice(0, SHOWN_ERRORS)) console.error(text);
  if (wrong.length > SHOWN_ERRORS) console.error(`… and ${(wrong.length - SHOWN_ERRORS).toLocaleString('en')} more; --json names them all`);
  const n = (count: number) => count.toLocaleString('en');
  console.log(`${n(report.create)} new, ${n(report.update)} changed, ${n(report.unchanged)} unchanged, ${n(report.error)} with errors.`);
  if (report.takenBefore) console.log('This file was taken before: its new listings are not made a second time.');
  else if (report.applied) console.log('It is done.');
  else if (!report.dryRun && report.error > 0)
    console.log('Nothing was written. Correct the lines, or take the others with --skip-errors.');
}
