import { createInterface } from 'node:readline/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  finishRecalculation,
  previewRecalculation,
  RecalculationRacedError,
  recalculateBatch,
  startRecalculation,
  type Context,
  type Discrepancy,
  type RecountScope,
} from '@assay/core';
import { describeTarget } from '@assay/database';
import { runCommand, withSystem, WrongCall } from './lib/command.ts';
import { printDiscrepancies } from './lib/discrepancies.ts';
import { createProgress, type Progress } from './lib/progress.ts';

const HELP = `npm run recalculate-aggregates [-- options]      (node scripts/recalculate-seller-scores.js is the same)

Counts the ratings of every seller anew and corrects the scores that are not what their ratings say. Safe while ratings come in.

  --seller ID     this seller alone
  --since DATE    sellers whose ratings were given, changed or withdrawn since then (ISO 8601)
  --dry-run       say who would be corrected, change nothing
  --json          the result as JSON on standard output
  --yes           do not ask on a terminal
  --help

Stopped (Ctrl-C, or killed), it goes on where it was when called again with the same --seller or --since.
Exit codes: 0 done, 1 stopped or failed, 2 wrong call.`;

/** A batch shall take this long: short enough that a rating which waits for it is not noticed. */
const BATCH_MS = 150;
const [SMALLEST, FIRST, LARGEST] = [50, 500, 20_000];
/** After each batch the database is left alone for this share of the time that it took. */
const REST = 0.25;

interface Options {
  scope: RecountScope;
  dryRun: boolean;
  json: boolean;
  yes: boolean;
}

interface Outcome {
  checked: number;
  corrected: Discrepancy[];
  correctedBefore: number;
  stopped: boolean;
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
    const accounts = await ctx.store.aggregates.remaining(options.scope, 0);
    if (!(await isWanted(options, accounts, describeTarget(config.database.target)))) return 1;
    const startedAt = performance.now();
    const outcome = await recalculate(ctx, options, accounts);
    report(options, outcome, performance.now() - startedAt);
    return outcome.stopped ? 1 : 0;
  });
}

/** Asked on a terminal only: a scheduled run has nobody to answer. */
async function isWanted({ yes, dryRun, json }: Options, accounts: number, database: string): Promise<boolean> {
  if (yes || dryRun || json || !process.stdin.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`Recount ${accounts.toLocaleString('en')} accounts of ${database}? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

async function recalculate(ctx: Context, options: Options, accounts: number): Promise<Outcome> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const progress = createProgress(options.dryRun ? 'checking' : 'recounting', accounts, { quiet: options.json, unit: 'accounts' });
  try {
    return await (options.dryRun ? preview : correct)(ctx, options.scope, progress, stop.signal);
  } finally {
    progress.stop();
  }
}

async function correct(ctx: Context, scope: RecountScope, progress: Progress, stop: AbortSignal): Promise<Outcome> {
  let run = await startRecalculation(ctx, scope);
  const correctedBefore = run.corrected;
  const corrected: Discrepancy[] = [];
  const finished = await inBatches(stop, async (size) => {
    const batch = await recalculateBatch(ctx, scope, run, size);
    if (!batch) return false;
    run = batch.run;
    corrected.push(...batch.corrected);
    progress.update(run.checked);
    return true;
  });
  if (finished) await finishRecalculation(ctx, run);
  return { checked: run.checked, corrected, correctedBefore, stopped: !finished };
}

async function preview(ctx: Context, scope: RecountScope, progress: Progress, stop: AbortSignal): Promise<Outcome> {
  let after = 0;
  let checked = 0;
  const corrected: Discrepancy[] = [];
  const finished = await inBatches(stop, async (size) => {
    const batch = await previewRecalculation(ctx, scope, after, size);
    if (!batch) return false;
    after = batch.upTo;
    checked += batch.accounts;
    corrected.push(...batch.wrong);
    progress.update(checked);
    return true;
  });
  return { checked, corrected, correctedBefore: 0, stopped: !finished };
}

/** Calls `work` until it says false, each time with the size that fits into BATCH_MS as measured. Returns false when it was stopped. */
async function inBatches(stop: AbortSignal, work: (size: number) => Promise<boolean>): Promise<boolean> {
  for (let size = FIRST; !stop.aborted;) {
    const from = performance.now();
    if (!(await work(size))) return true;
    const tookMs = performance.now() - from;
    // At most double or half: one slow batch on a busy machine is no reason to crawl.
    size = Math.round(Math.min(LARGEST, Math.max(SMALLEST, size * Math.min(2, Math.max(0.5, BATCH_MS / tookMs)))));
    await pause(tookMs * REST);
  }
  return false;
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
  if (stopped) console.log('Stopped. Called again, it goes on from here.');
}

await runCommand(main, [RecalculationRacedError]);
