import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import path from 'node:path';
import { htmlToText } from '@assay/api';
import {
  finishImport,
  importBatch,
  linkSellers,
  previewBatch,
  ratingFormat,
  startImport,
  type Context,
  type ImportedRating,
  type ImportRun,
  type KnownSellers,
  type ReadRules,
  type RejectedLine,
} from '@assay/core';
import { createProgress } from '../progress.ts';
import { sellerByEmail } from '../seller.ts';
import { openRatingFile, type RatingFile } from './open.ts';
import type { Options } from './options.ts';
import { dateOrderIn, olderRatings, readRatings } from './read.ts';
import { SAMPLE_ROWS, toSample, type Outcome } from './report.ts';
import { readSellersMap } from './sellers-map.ts';

const BATCH = 1000;

/** A file, how it is read, and whose ratings it holds. */
interface Job {
  options: Options;
  source: string;
  file: RatingFile;
  rules: ReadRules;
  sellers: KnownSellers;
}

/**
 * Imports the ratings of a file, or says what an import would do.
 * @throws WrongCall, Refusal; ImportRacedError where another process imports the file
 */
export async function importRatingFile(ctx: Context, options: Options): Promise<Outcome> {
  const job = await jobOf(ctx, options);
  const outcome = options.dryRun ? await dryRun(ctx, job) : await realRun(ctx, job);
  outcome.rejected.sort((a, b) => a.line - b.line);
  return outcome;
}

async function jobOf(ctx: Context, options: Options): Promise<Job> {
  const file = await openRatingFile({ ...options, sellerIsKnown: options.seller !== null });
  const format = file.format ? ratingFormat(file.format) : null;
  const source = options.source ?? (file.format && file.format !== 'assay' ? file.format : 'import');
  const sellers = new Map(options.sellersMap === null ? [] : await readSellersMap(ctx, options.sellersMap, source));
  if (options.seller !== null) sellers.set(options.seller, await sellerByEmail(ctx, options.seller));
  const rules: ReadRules = {
    scale: options.scale,
    now: ctx.now(),
    zone: options.zone,
    dates: await orderOfDates(options, file, format?.dates),
    seller: options.seller ?? undefined,
    htmlToText: format?.html ? htmlToText : undefined,
    raterName: format?.raterName,
  };
  return { options, source, file, rules, sellers };
}

/** What the caller says, else what the dates of the file say, else what the program writes; the month first, said aloud, where none does. */
async function orderOfDates(options: Options, file: RatingFile, ofFormat: ReadRules['dates']): Promise<ReadRules['dates']> {
  if (options.dates) return options.dates;
  const { order, undecided } = await dateOrderIn(file);
  if (order !== undefined || !undecided) return order;
  if (!ofFormat) file.notes.push('Dates such as 04/03/2024 are read with the month first; --dates dmy reads them with the day first.');
  return ofFormat ?? 'mdy';
}

const begun = ({ source, file: { notes } }: Job): Outcome => ({
  source,
  imported: 0,
  rejected: [],
  rejectedBefore: 0,
  linesBefore: 0,
  alreadyDone: false,
  unpublished: new Map(),
  changed: [],
  notes,
  sample: [],
});

async function realRun(ctx: Context, job: Job): Promise<Outcome> {
  const { options, source } = job;
  const outcome = begun(job);
  const fileName = path.basename(options.file).slice(0, 255);
  let run: ImportRun = await startImport(ctx, { source, fileName, fingerprint: await fingerprintOf(options, source) });
  Object.assign(outcome, { linesBefore: run.linesDone, rejectedBefore: run.rejected });
  if (run.finished) return { ...outcome, imported: run.imported, alreadyDone: true };
  if (options.sellersMap !== null) await linkSellers(ctx, source, job.sellers);
  await eachBatch(job, run.linesDone, outcome, async (batch) => {
    const { ratings, bad, lastLine } = batch;
    const result = await importBatch(ctx, run, { ratings, bad, lastLine, sellers: job.sellers });
    run = result.run;
    return result.rejected;
  });
  await finishImport(ctx, run);
  return { ...outcome, imported: run.imported };
}

async function dryRun(ctx: Context, job: Job): Promise<Outcome> {
  const outcome = begun(job);
  await eachBatch(job, 0, outcome, async ({ ratings }) => {
    const { importable, rejected } = await previewBatch(ctx, job.source, ratings, job.sellers);
    const refused = new Set(rejected.map(({ line }) => line));
    const sample = ratings.filter(({ line }) => !refused.has(line)).slice(0, SAMPLE_ROWS - outcome.sample.length);
    outcome.sample.push(...sample.map(toSample));
    outcome.imported += importable;
    return rejected;
  });
  return outcome;
}

interface Batch {
  ratings: ImportedRating[];
  /** Number of lines that are no ratings. */
  bad: number;
  lastLine: number;
}

/**
 * Reads the file and passes its lines on in batches, without those up to `after`. Notes in the outcome what becomes of them.
 * @param take returns which ratings of a batch are refused
 */
async function eachBatch(job: Job, after: number, outcome: Outcome, take: (batch: Batch) => Promise<RejectedLine[]>): Promise<void> {
  const { options, file, rules } = job;
  const progress = createProgress(options.dryRun ? 'checking' : 'importing', statSync(options.file).size, { quiet: options.json });
  const older = await olderRatings(file, rules);
  let batch: Batch = { ratings: [], bad: 0, lastLine: after };
  const flush = async () => {
    if (batch.lastLine === after) return;
    const refused = await take(batch);
    outcome.rejected.push(...refused);
    const lines = new Set(refused.map(({ line }) => line));
    for (const { line, note } of batch.ratings) if (note !== undefined && !lines.has(line)) outcome.changed.push({ line, note });
    after = batch.lastLine;
    batch = { ratings: [], bad: 0, lastLine: after };
  };
  for await (const read of readRatings(file, rules, older)) {
    if (read.endLine <= after) continue;
    batch.lastLine = read.endLine;
    if ('rating' in read) batch.ratings.push(read.rating);
    else if ('reason' in read) {
      batch.bad += 1;
      outcome.rejected.push({ line: read.line, reason: read.reason });
    } else outcome.unpublished.set(read.unpublished, (outcome.unpublished.get(read.unpublished) ?? 0) + 1);
    if (batch.ratings.length + batch.bad < BATCH) continue;
    await flush();
    progress.update(read.bytes);
  }
  await flush();
  progress.stop();
}

/** Hash of the file's bytes and of the options that decide how they are read. */
async function fingerprintOf({ file, columns, scale, chosen }: Options, source: string): Promise<string> {
  const order = columns && 'order' in columns ? columns.order : null;
  const names = columns && 'names' in columns ? [...columns.names] : null;
  const more = names || Object.keys(chosen).length > 0 ? [names, chosen] : [];
  const hash = createHash('sha256').update(JSON.stringify([order, scale, source, ...more]));
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
