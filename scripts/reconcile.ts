import { parseArgs } from 'node:util';
import { reconcile } from '@assay/core';
import { Refusal, runCommand, withSystem, WrongCall } from './lib/command.ts';

const HELP = `npm run reconcile [-- options]

Compares what the payment provider has with what the marketplace has: payments, refunds and disputes at banks, and their entries in the
ledger. It names each difference, keeps it for the payments page of the console, and holds the payouts of the seller concerned. The API does
so once a day.

  --since DATE   from that day on (2030-01-31); without it, the last seven days
  --json         the result as JSON on standard output
  --help

Exit codes: 0 nothing differs, 1 something differs or it failed, 2 wrong call.`;

const DAY_MS = 86_400_000;

await runCommand(async () => {
  const { values } = parseArgs({ options: { since: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  const from = values.since === undefined ? new Date(Date.now() - 7 * DAY_MS) : new Date(`${values.since}T00:00:00Z`);
  if (Number.isNaN(from.getTime())) throw new WrongCall('--since is a day such as 2030-01-31.');
  return withSystem('reconcile', async (ctx) => {
    if (!ctx.services.payments.records) throw new Refusal('The test provider takes payments: there is nothing to compare with.');
    const { compared, differences, to } = await reconcile(ctx, { from, to: ctx.now() });
    if (values.json) console.log(JSON.stringify({ from, to, compared, differences }, null, 2));
    else {
      for (const { check, kind, reference, orderId, here, there } of differences)
        console.log(
          `${check}: ${kind} ${reference}${orderId === null ? '' : ` of order ${orderId}`}: ${here} here, ${there} at the provider`,
        );
      const count = differences.length;
      console.log(
        `${count === 0 ? 'Nothing differs' : `${count.toLocaleString('en')} differences`}: ${compared.toLocaleString('en')} compared.`,
      );
    }
    return differences.length > 0 ? 1 : 0;
  });
});
