import { parseArgs } from 'node:util';
import { getSuccessReport } from '@assay/core';
import { runCommand, withSystem, WrongCall } from './lib/command.ts';

const HELP = `npm run success-report [-- options]

Reports the success metrics of seller ratings against their goals.

  --days 30|90   the period, and its goals (default 30)
  --json         the report as JSON on standard output

Exit codes: 0 every measurable goal is met, 1 one or more are not, 2 wrong call.`;

const MARKS = { true: '✓', false: '✗', null: '·' } as const;

await runCommand(async () => {
  const { values } = parseArgs({
    options: { days: { type: 'string', default: '30' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) return console.log(HELP);
  if (values.days !== '30' && values.days !== '90') throw new WrongCall('--days is 30 or 90.');
  const days = values.days === '30' ? 30 : 90;
  const report = await withSystem('success-report', (ctx) => getSuccessReport(ctx, { days }));
  if (values.json) console.log(JSON.stringify(report, null, 2));
  else {
    for (const { name, shown, aim, basis, met } of report.goals) console.log(`${MARKS[`${met}`]} ${name}: ${shown} (${aim}); ${basis}`);
    console.log(`${report.met} of ${report.goals.length} goals met, ${report.unknown} cannot be measured yet. Last ${report.days} days.`);
  }
  return report.goals.some(({ met }) => met === false) ? 1 : 0;
});
