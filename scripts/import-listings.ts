import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readListingsCsv } from '@assay/api';
import { Currency, excerpt, LISTING_COLUMNS, LISTING_FILE_FORMATS, ListingFileFormat, type ListingImportReport } from '@assay/contract';
import { importListingsOf } from '@assay/core';
import { runCommand, withSystem, WrongCall } from './lib/command.ts';
import { sellerByEmail } from './lib/seller.ts';

const HELP = `npm run listings:import -- FILE --seller EMAIL [options]

Creates and changes the listings of a seller from a CSV file, like the page /seller/listings/import. A line without an id creates a
listing; a line with an id changes that listing, if its version is still the exported one. All or nothing.

  --seller EMAIL   the seller
  --format NAME    the program that wrote the file: ${LISTING_FILE_FORMATS.join(', ')} (default: auto)
  --currency CODE  of prices where the file names none
  --dry-run        print what would happen, write nothing
  --skip-errors    import the valid lines although others are invalid
  --json           the report as JSON on standard output
  --help

Columns: ${LISTING_COLUMNS.join(', ')}.
Exit codes: 0 every line is valid, 1 some are not (or it failed), 2 wrong call.`;

const SHOWN_ERRORS = 50;

await runCommand(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      seller: { type: 'string' },
      format: { type: 'string', default: 'auto' },
      currency: { type: 'string' },
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
  if (!email) throw new WrongCall('Name the seller: --seller EMAIL');
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new WrongCall(`There is no file ${file}.`);
  const format = ListingFileFormat.safeParse(values.format);
  if (!format.success) throw new WrongCall(`The format is one of ${LISTING_FILE_FORMATS.join(', ')}.`);
  const currency = Currency.optional().safeParse(values.currency?.toUpperCase());
  if (!currency.success) throw new WrongCall(`There is no currency ${values.currency}.`);
  const read = await readListingsCsv(readFileSync(file), format.data);
  const report = await withSystem('listings:import', async (ctx) =>
    importListingsOf(ctx, {
      ...read,
      currency: currency.data,
      dryRun: values['dry-run'],
      skipErrors: values['skip-errors'],
      sellerId: await sellerByEmail(ctx, email),
    }),
  );
  if (values.json) console.log(JSON.stringify(report, null, 2));
  else printReport(report);
  return report.error > 0 || report.takenBefore ? 1 : 0;
});

function printReport(report: ListingImportReport): void {
  const wrong = report.rows.flatMap(({ line, errors }) =>
    errors.map(({ column, message }) => `line ${line}${column && `, ${column}`}: ${message}`),
  );
  for (const text of wrong.slice(0, SHOWN_ERRORS)) console.error(text);
  if (wrong.length > SHOWN_ERRORS) console.error(`… and ${(wrong.length - SHOWN_ERRORS).toLocaleString('en')} more; --json lists them all`);
  for (const note of report.notes) console.error(note);
  if (report.dryRun && report.sample.length > 0) console.log(`As they would be stored:\n${report.sample.map(sampleLine).join('\n')}\n`);
  const n = (count: number) => count.toLocaleString('en');
  console.log(`${n(report.create)} new, ${n(report.update)} changed, ${n(report.unchanged)} unchanged, ${n(report.error)} with errors.`);
  if (report.takenBefore) console.log('This file was imported before: its new listings are not created a second time.');
  else if (report.applied) console.log('The changes are saved.');
  else if (!report.dryRun && report.error > 0)
    console.log('Nothing was written. Correct the lines, or import the others with --skip-errors.');
}

function sampleLine({ line, cells }: ListingImportReport['sample'][number]): string {
  const description = (cells.description ?? '').replace(/\s+/g, ' ');
  const shown = excerpt(description, 60);
  const price = cells.price ? `${cells.price} ${cells.currency}` : 'no price';
  return `  line ${line}  ${cells.status}  ${cells.title}, ${price}, ${cells.category}${shown && `  "${shown}"`}`;
}
