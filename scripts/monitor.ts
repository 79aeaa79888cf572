// npm run monitor:performance: how the product answers, from the figures that its processes write into the database.
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { loadEnvFile } from '@assay/api';
import { getErrorRate, getOperationsDashboard, type Context } from '@assay/core';
import { pagesAddress } from './lib/address.ts';
import { runCommand, withSystem, WrongCall } from './lib/command.ts';

const HELP = `npm run monitor:performance        a line every 10 seconds, until Ctrl-C
npm run report:performance         one line, and the slowest endpoints of the last hour
npm run monitor:rollback-recovery  lines until every limit holds

Reports requests, server errors and response time of the API, health, and open alerts.

  --minutes N      period of the figures (default 5)
  --p95 MS         limit of the response time that 95 % of the requests keep (default 2000)
  --errors PERCENT limit of server errors (default 1)
  --every SECONDS  between two lines (default 10)
  --once           one line
  --recovery       until the product is healthy and within its limits; gives up after --timeout
  --timeout MIN    (default 10)
  --url URL        address of the pages, whose /health is read. Default: PUBLIC_URL, else http://localhost:3000
  --json           with --once

Exit codes: 0 within the limits, 1 not, 2 wrong call.`;

interface Limits {
  p95: number;
  errors: number;
}
interface Reading {
  at: string;
  health: string;
  requests: number;
  perSecond: number;
  errorPercent: number | null;
  p95Ms: number | null;
  openAlerts: number;
  /** What is beyond its limit, in words. */
  beyond: string[];
}

/** What /health says of the product; why not, where it does not answer. */
async function healthAt(address: string): Promise<string> {
  try {
    const answer = await fetch(`${address}/health`, { signal: AbortSignal.timeout(10_000) });
    return ((await answer.json()) as { status: string }).status;
  } catch {
    return 'no answer';
  }
}

async function read(ctx: Context, address: string, minutes: number, limits: Limits): Promise<Reading> {
  const [health, figures, { alerts }] = await Promise.all([
    healthAt(address),
    getErrorRate(ctx, null, minutes * 60),
    getOperationsDashboard(ctx),
  ]);
  const errorPercent = figures.errorRate === null ? null : 100 * figures.errorRate;
  const beyond = [
    ...(['healthy', 'degraded'].includes(health) ? [] : [`health: ${health}`]),
    ...((figures.p95Ms ?? 0) > limits.p95 ? [`p95 over ${limits.p95} ms`] : []),
    ...((errorPercent ?? 0) > limits.errors ? [`errors over ${limits.errors} %`] : []),
  ];
  const { requests, p95Ms } = figures;
  const openAlerts = alerts.filter(({ status }) => status !== 'closed').length;
  return { at: ctx.now().toISOString(), health, requests, perSecond: requests / (minutes * 60), errorPercent, p95Ms, openAlerts, beyond };
}

function print({ at, health, requests, perSecond, errorPercent, p95Ms, openAlerts, beyond }: Reading): void {
  const measured =
    errorPercent === null || p95Ms === null ? 'no requests' : `errors ${errorPercent.toFixed(2)} %, p95 ${Math.round(p95Ms)} ms`;
  const figures = `${requests.toLocaleString('en')} requests (${perSecond.toFixed(1)}/s), ${measured}, ${openAlerts} open alerts`;
  console.log(
    `${beyond.length === 0 ? '✓' : '✗'} ${at.slice(11, 19)}  ${health}  ${figures}${beyond.length > 0 ? `  (${beyond.join(', ')})` : ''}`,
  );
}

/** A number of an option. @throws WrongCall unless it is above zero */
function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new WrongCall(`--${name} is a number above 0.`);
  return value;
}

async function printSlowest(ctx: Context): Promise<void> {
  const { realTime } = await getOperationsDashboard(ctx);
  const slowest = realTime.endpoints.filter(({ p95Ms }) => p95Ms !== null).toSorted((a, b) => b.p95Ms! - a.p95Ms!);
  for (const { endpoint, requests, errors, p95Ms } of slowest.slice(0, 10))
    console.log(`  ${`${Math.round(p95Ms!)} ms`.padStart(8)}  ${requests} requests, ${errors} errors  ${endpoint}`);
}

const text = (initial: string) => ({ type: 'string', default: initial }) as const;
const OPTIONS = {
  minutes: text('5'),
  p95: text('2000'),
  errors: text('1'),
  every: text('10'),
  timeout: text('10'),
  url: { type: 'string' },
  once: { type: 'boolean' },
  recovery: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

await runCommand(async () => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return console.log(HELP);
  if (values.json && !values.once) throw new WrongCall('--json goes with --once.');
  if (values.once && values.recovery) throw new WrongCall('--once and --recovery exclude each other.');
  const limits = { p95: positive('p95', values.p95), errors: positive('errors', values.errors) };
  const [minutes, every, timeout] = [
    positive('minutes', values.minutes),
    positive('every', values.every),
    positive('timeout', values.timeout),
  ];
  const giveUpAt = values.recovery ? performance.now() + timeout * 60_000 : Infinity;
  loadEnvFile();
  const address = pagesAddress(values.url, process.env);
  return withSystem('monitor', async (ctx) => {
    for (;;) {
      const reading = await read(ctx, address, minutes, limits);
      const good = reading.beyond.length === 0;
      if (values.json) console.log(JSON.stringify(reading, null, 2));
      else print(reading);
      if (values.once && !values.json) await printSlowest(ctx);
      if (values.once || (values.recovery && good)) return good ? 0 : 1;
      if (performance.now() > giveUpAt) return 1;
      await setTimeout(every * 1000);
    }
  });
});
