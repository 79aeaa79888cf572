import { parseArgs } from 'node:util';
import { listingsCsv } from '@assay/api';
import { exportListingsOf } from '@assay/core';
import { runCommand, withSystem, WrongCall } from './lib/command.ts';
import { sellerByEmail } from './lib/seller.ts';

const HELP = `npm run --silent listings:export -- --seller EMAIL > listings.csv

Writes the listings of a seller as CSV, in the order of their creation.
--semicolons: for spreadsheets of countries that write 12,50.

Exit codes: 0 done, 1 no such seller, 2 wrong call.`;

await runCommand(async () => {
  const { values } = parseArgs({
    options: { seller: { type: 'string' }, semicolons: { type: 'boolean', default: false }, help: { type: 'boolean' } },
  });
  if (values.help) return console.log(HELP);
  const { seller } = values;
  if (!seller) throw new WrongCall('Name the seller: --seller EMAIL');
  await withSystem('listings:export', async (ctx) => {
    const pages = exportListingsOf(ctx, await sellerByEmail(ctx, seller));
    for await (const piece of listingsCsv(pages, values.semicolons ? 'semicolon' : 'comma')) process.stdout.write(piece);
  });
});
