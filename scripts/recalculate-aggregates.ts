import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import {
  previewEverybody,
  recalculateEverybody,
  scheduleVerification,
  RecalculationRacedError,
  type Context,
  type Discrepancy,
  type RecountOutcome,
  type RecountScope,
} from '@assay/core';
import { describeTarget } from '@assay/database/url';
import { runCommand, withSystem, WrongCall } from './lib/command.ts';
import { printDiscrepancies } from './lib/discrepancies.ts';
import { createProgress } from './lib/progress.ts';

const HELP = `npm run recalculate-aggregates [-- options]      (node scripts/recalculate-seller-scores.js is the same)

Recounts the ratings of every seller and corrects the scores that differ from them. Safe while ratings come in.

  --seller ID     this seller only
  --since DATE    sellers whose ratings were given, changed or withdrawn since then (ISO 8601)
  --dry-run       list who would be corrected, change nothing
  --json          the result as JSON on standard output
  --yes           do not ask on a terminal
  --help

An interrupted run (Ctrl-C, or killed) resumes when it is called again with the same --seller or --since.
Exit codes: 0 done, 1 stopped or failed, 2 wrong call.`;

interface Options {
  scope: RecountScope;
  dryRun: boolean;
  json: boolean;
  yes: boolean;
}

interface Outcome extends RecountOutcome {
  corrected: Discrepancy[];
}

function readOptions(): Options | null {
  const { values } = parseArgs({
    options: {
      seller: { type: 'string' },
      since: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  return { scope: scopeOf(values.seller, values.since), dryRun: values['dry-run'], json: values.json, yes: values.yes };
}

function scopeOf(seller: string | undefined, since: string | undefined): RecountScope {
  if (seller !== undefined && since !== undefined) throw new WrongCall('Name --seller or --since, not both.');
  if (seller !== undefined) {
    if (!/^[1-9]\d{0,8}$/.test(seller)) throw new WrongCall(`"${seller}" is not the id of a seller.`);
    return { kind: 'seller', sellerId: Number(seller) };
  }
  if (since === undefined) return { kind: 'all' };
  const at = /^\d{4}-\d{2}-\d{2}/.test(since) ? new Date(since) : new Date(NaN);
  if (Number.isNaN(at.getTime())) throw new WrongCall(`"${since}" is not a date such as 2026-11-22 or 2026-11-22T10:00:00Z.`);
  return { kind: 'since', at };
}

async function main(): Promise<number> {
  const options = readOptions();
  if (!options) {
    console.log(HELP);
    return 0;
  }
  return withSystem('recalculate-aggregates', async (ctx, { config }) => {
    const accounts = await ctx.repos.aggregates.remaining(options.scope, 0);
    if (!(await isWanted(options, accounts, describeTarget(config.database.target)))) return 1;
    const startedAt = performance.now();
    const outcome = await recalculate(ctx, options, accounts);
    // The metric of wrong scores, and its alert, are about the last verification of the API.
    if (!options.dryRun && outcome.corrected.length > 0) await scheduleVerification(ctx);
    report(options, outcome, performance.now() - startedAt);
    return outcome.stopped ? 1 : 0;
  });
}

/** Asks for confirmation, on a terminal only: a scheduled run cannot answer. */
async function isWanted({ yes, dryRun, json }: Options, accounts: number, database: string): Promise<boolean> {
  if (yes || dryRun || json || !process.stdin.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`Recount ${accounts.toLocaleString('en')} accounts of ${database}? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

async function recalculate(ctx: Context, { scope, dryRun, json }: Options, accounts: number): Promise<Outcome> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const progress = createProgress(dryRun ? 'checking' : 'recounting', accounts, { quiet: json, unit: 'accounts' });
  const corrected: Discrepancy[] = [];
  const onBatch = (checked: number, wrong: readonly Discrepancy[]) => {
    corrected.push(...wrong);
    progress.update(checked);
  };
  try {
    return { ...(await (dryRun ? previewEverybody : recalculateEverybody)(ctx, scope, { stop: stop.signal, onBatch })), corrected };
  } finally {
    progress.stop();
  }
}

function report({ dryRun, json }: Options, { checked, corrected, correctedBefore, stopped }: Outcome, tookMs: number): void {
  if (json) {
    console.log(JSON.stringify({ dryRun, checked, corrected, correctedBefore, stopped, durationMs: Math.round(tookMs) }, null, 2));
    return;
  }
  printDiscrepancies(corrected);
  const total = corrected.length + correctedBefore;
  const earlier = correctedBefore > 0 ? `, ${correctedBefore.toLocaleString('en')} of them by an earlier run` : '';
  const verb = dryRun ? 'would be corrected' : `corrected${earlier}`;
  const seconds = (tookMs / 1000).toFixed(1);
  console.log(`${total.toLocaleString('en')} of ${checked.toLocaleString('en')} accounts ${verb} in ${seconds} s.`);
  if (stopped) console.log('Stopped. Call it again to resume.');
}

await runCommand(main, [RecalculationRacedError]);
