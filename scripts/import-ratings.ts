import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  BadLine,
  finishImport,
  IMPORT_COLUMNS,
  importBatch,
  ImportRacedError,
  parseImportedRating,
  previewBatch,
  REQUIRED_COLUMNS,
  SCALES,
  startImport,
  type Context,
  type ImportColumn,
  type ImportedRating,
  type ImportRun,
  type RejectedLine,
  type Scale,
} from '@assay/core';
import { CsvError, parse, type Info } from 'csv-parse';
import { runCommand, withSystem, WrongCall } from './lib/command.ts';
import { createProgress } from './lib/progress.ts';

const HELP = `npm run ratings:import -- FILE [options]

Imports the ratings of another marketplace from CSV. They count, and are always shown as "Imported".

  --columns a,b,…     the columns: ${IMPORT_COLUMNS.join(', ')} ("-" skips a column).
                      Without it the first line of the file names them.
  --scale=LOW..HIGH   1..5 (the default), or -10..10: -10..-4 is 1 star, -3..-1 is 2, 0 is 3, 1..3 is 4, 4..10 is 5
  --source NAME       the other marketplace; the same name means the same accounts (default: import)
  --dry-run           check every line, write nothing
  --json              the result as JSON on standard output
  --help

Times are unix (seconds or milliseconds) or ISO 8601; without a zone they are UTC. Invalid lines are skipped and
reported with number and reason. An interrupted import resumes when it is called again.
Exit codes: 0 every line was imported, 1 some were not (or it failed), 2 wrong call.`;

const BATCH = 1000;
const SHOWN_BAD_LINES = 50;

interface Options {
  file: string;
  columns: ImportColumn[] | null;
  scale: Scale;
  source: string;
  dryRun: boolean;
  json: boolean;
}

function readOptions(): Options | null {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      columns: { type: 'string' },
      scale: { type: 'string', default: '1..5' },
      source: { type: 'string', default: 'import' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const [file, ...more] = positionals;
  if (!file || more.length > 0) throw new WrongCall('Name one file.');
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new WrongCall(`There is no file ${file}.`);
  if (!(values.scale in SCALES)) throw new WrongCall(`The scale is one of ${Object.keys(SCALES).join(' or ')}.`);
  if (!/^[\w.-]{1,60}$/.test(values.source)) throw new WrongCall('A source is 1 to 60 letters, digits, points, dashes or underscores.');
  const columns = values.columns === undefined ? null : namedColumns(values.columns.split(','));
  return { file, columns, scale: values.scale as Scale, source: values.source, dryRun: values['dry-run'], json: values.json };
}

function namedColumns(names: string[]): ImportColumn[] {
  const columns = names.map((name) => name.trim().toLowerCase() as ImportColumn);
  const missing = REQUIRED_COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length > 0)
    throw new WrongCall(`There is no column ${missing.join(', ')}. Name the columns: --columns rater,seller,score,time`);
  const twice = IMPORT_COLUMNS.find((column) => columns.indexOf(column) !== columns.lastIndexOf(column));
  if (twice) throw new WrongCall(`The column ${twice} occurs twice.`);
  return columns;
}

async function main(): Promise<number> {
  const options = readOptions();
  if (!options) {
    console.log(HELP);
    return 0;
  }
  return withSystem('import', (ctx) => importFile(ctx, options));
}

interface Outcome {
  imported: number;
  rejected: RejectedLine[];
  /** Number of lines that an earlier run of the same file rejected and reported. */
  rejectedBefore: number;
  linesBefore: number;
  alreadyDone: boolean;
}

async function importFile(ctx: Context, options: Options): Promise<number> {
  const startedAt = performance.now();
  const outcome = options.dryRun ? await dryRun(ctx, options) : await realRun(ctx, options);
  report(options, outcome, performance.now() - startedAt);
  return outcome.rejected.length + outcome.rejectedBefore > 0 ? 1 : 0;
}

async function realRun(ctx: Context, options: Options): Promise<Outcome> {
  const fingerprint = await fingerprintOf(options);
  let run: ImportRun = await startImport(ctx, { source: options.source, fileName: path.basename(options.file).slice(0, 255), fingerprint });
  const before = { linesBefore: run.linesDone, rejectedBefore: run.rejected };
  if (run.finished) return { imported: run.imported, rejected: [], ...before, alreadyDone: true };
  const rejected: RejectedLine[] = [];
  await eachBatch(ctx, options, run.linesDone, async (batch) => {
    const result = await importBatch(ctx, run, { ratings: batch.ratings, bad: batch.bad.length, lastLine: batch.lastLine });
    run = result.run;
    rejected.push(...batch.bad, ...result.rejected);
  });
  await finishImport(ctx, run);
  return { imported: run.imported, rejected: rejected.sort((a, b) => a.line - b.line), ...before, alreadyDone: false };
}

async function dryRun(ctx: Context, options: Options): Promise<Outcome> {
  let imported = 0;
  const rejected: RejectedLine[] = [];
  // Nothing is stored, so this set detects repeats between batches.
  const pairs = new Set<string>();
  await eachBatch(ctx, options, 0, async (batch) => {
    const result = await previewBatch(ctx, options.source, batch.ratings);
    const refused = new Set(result.rejected.map(({ line }) => line));
    rejected.push(...batch.bad, ...result.rejected);
    for (const { line, seller, rater } of batch.ratings) {
      if (refused.has(line)) continue;
      const pair = JSON.stringify([seller, rater]);
      if (pairs.has(pair)) rejected.push({ line, reason: 'this rater has rated this seller already' });
      else imported += 1;
      pairs.add(pair);
    }
  });
  return { imported, rejected: rejected.sort((a, b) => a.line - b.line), rejectedBefore: 0, linesBefore: 0, alreadyDone: false };
}

interface Batch {
  ratings: ImportedRating[];
  bad: RejectedLine[];
  lastLine: number;
}

/** Reads the file and passes its lines on in batches, without those up to `after`. */
async function eachBatch(ctx: Context, options: Options, after: number, take: (batch: Batch) => Promise<void>): Promise<void> {
  const { size } = statSync(options.file);
  const progress = createProgress(options.dryRun ? 'checking' : 'importing', size, { quiet: options.json });
  const parser = createReadStream(options.file).pipe(
    parse({ bom: true, info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, max_record_size: 65_536 }),
  );
  let columns = options.columns;
  let batch: Batch = { ratings: [], bad: [], lastLine: after };
  const flush = async () => {
    if (batch.lastLine > after || batch.bad.length > 0) await take(batch);
    after = batch.lastLine;
    batch = { ratings: [], bad: [], lastLine: batch.lastLine };
  };
  const takeRecord = async (record: string[], info: Info) => {
    if (!columns) {
      columns = namedColumns(record);
      batch.lastLine = Math.max(batch.lastLine, info.lines);
      return;
    }
    if (info.lines <= after) return;
    batch.lastLine = info.lines;
    try {
      batch.ratings.push(parseImportedRating(info.lines, fieldsOf(record, columns), options.scale, ctx.now()));
    } catch (error) {
      if (!(error instanceof BadLine)) throw error;
      batch.bad.push({ line: info.lines, reason: error.message });
    }
    if (batch.ratings.length + batch.bad.length < BATCH) return;
    await flush();
    progress.update(info.bytes);
  };
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) await takeRecord(record, info);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Only an unclosed quote gets here: the start of the next line is unknown.
    batch.bad.push({
      line: batch.lastLine + 1,
      reason: 'a quote opens here and is not closed; this line and all behind it could not be read',
    });
  }
  if (!columns) throw new WrongCall('The file is empty.');
  await flush();
  progress.stop();
}

function fieldsOf(record: string[], columns: ImportColumn[]): Partial<Record<ImportColumn, string>> {
  if (record.length !== columns.length) throw new BadLine(`it has ${record.length} field(s) instead of ${columns.length}`);
  return Object.fromEntries(columns.map((column, i) => [column, record[i]]));
}

/** Hash of the file's bytes and of the options that decide how they are read. */
async function fingerprintOf({ file, columns, scale, source }: Options): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([columns, scale, source]));
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function report(options: Options, outcome: Outcome, durationMs: number): void {
  const { imported, rejected, rejectedBefore, linesBefore, alreadyDone } = outcome;
  if (options.json) {
    console.log(
      JSON.stringify(
        {
          file: options.file,
          source: options.source,
          dryRun: options.dryRun,
          alreadyDone,
          imported,
          rejected,
          rejectedBefore,
          durationMs: Math.round(durationMs),
        },
        null,
        2,
      ),
    );
    return;
  }
  for (const { line, reason } of rejected.slice(0, SHOWN_BAD_LINES)) console.error(`line ${line}: ${reason}`);
  if (rejected.length > SHOWN_BAD_LINES)
    console.error(`… and ${(rejected.length - SHOWN_BAD_LINES).toLocaleString('en')} more; --json lists them all`);
  if (alreadyDone) console.log(`This file was imported before: ${imported.toLocaleString('en')} ratings.`);
  else {
    const verb = options.dryRun ? 'would be imported' : 'imported';
    const resumed = linesBefore > 0 ? ` (resumed after line ${linesBefore.toLocaleString('en')})` : '';
    console.log(`${imported.toLocaleString('en')} ratings ${verb} in ${(durationMs / 1000).toFixed(1)} s${resumed}.`);
  }
  if (rejected.length + rejectedBefore > 0)
    console.log(`${(rejected.length + rejectedBefore).toLocaleString('en')} invalid line(s) were skipped.`);
}

await runCommand(main, [ImportRacedError]);
