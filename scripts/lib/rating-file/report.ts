import { excerpt } from '@assay/contract';
import { displayName, publicName, type ImportedRating, type RejectedLine } from '@assay/core';

export interface Outcome {
  /** The other marketplace. */
  source: string;
  imported: number;
  rejected: RejectedLine[];
  /** Number of lines that an earlier run of the same file rejected and reported. */
  rejectedBefore: number;
  linesBefore: number;
  alreadyDone: boolean;
  /** How many lines were left out because they were not public, by their state there. */
  unpublished: Map<string, number>;
  /** Ratings that were imported, but not as they are in the file. */
  changed: { line: number; note: string }[];
  /** What was found out about the file. */
  notes: string[];
  sample: SampleRow[];
}

/** A rating as it would be shown here. */
export interface SampleRow {
  line: number;
  rating: number;
  rater: string;
  seller: string;
  at: string;
  comment: string | null;
}

export const SAMPLE_ROWS = 5;
const SHOWN = 50;
const n = (count: number) => count.toLocaleString('en');

export const toSample = ({ line, rating, rater, raterName, seller, at, comment }: ImportedRating): SampleRow => ({
  line,
  rating,
  rater: publicName(displayName(raterName ?? rater)),
  seller: displayName(seller),
  at: at.toISOString(),
  comment,
});

export function printJson(file: string, dryRun: boolean, outcome: Outcome, durationMs: number): void {
  const { source, imported, rejected, rejectedBefore, alreadyDone, unpublished, changed, notes, sample } = outcome;
  const leftOut = { unpublished: Object.fromEntries(unpublished) };
  const result = { file, source, dryRun, alreadyDone, imported, rejected, rejectedBefore, ...leftOut, changed, notes };
  console.log(JSON.stringify({ ...result, ...(dryRun && { sample }), durationMs: Math.round(durationMs) }, null, 2));
}

/** Prints what became of the lines: reasons on standard error, the result on standard output. */
export function printReport(dryRun: boolean, outcome: Outcome, durationMs: number): void {
  const { imported, rejected, rejectedBefore, linesBefore, alreadyDone, unpublished, changed, notes, sample } = outcome;
  for (const note of notes) console.error(note);
  printLines(rejected.map(({ line, reason }) => `line ${line}: ${reason}`));
  printLines(changed.map(({ line, note }) => `line ${line}: ${note}`));
  if (sample.length > 0) console.log(`As they would be stored:\n${sample.map(sampleLine).join('\n')}\n`);
  if (alreadyDone) console.log(`This file was imported before: ${n(imported)} ratings.`);
  else {
    const verb = dryRun ? 'would be imported' : 'imported';
    const resumed = linesBefore > 0 ? ` (resumed after line ${n(linesBefore)})` : '';
    console.log(`${n(imported)} ratings ${verb} in ${(durationMs / 1000).toFixed(1)} s${resumed}.`);
  }
  const states = [...unpublished].map(([state, count]) => `${state}: ${n(count)}`);
  if (states.length > 0) console.log(`Left out, not public there: ${states.join(', ')}.`);
  if (rejected.length + rejectedBefore > 0) console.log(`${n(rejected.length + rejectedBefore)} invalid line(s) were skipped.`);
}

function printLines(lines: string[]): void {
  for (const line of lines.slice(0, SHOWN)) console.error(line);
  if (lines.length > SHOWN) console.error(`… and ${n(lines.length - SHOWN)} more; --json lists them all`);
}

function sampleLine({ line, rating, rater, seller, at, comment }: SampleRow): string {
  const text = (comment ?? '').replace(/\s+/g, ' ');
  const shown = excerpt(text, 60);
  const stars = '★'.repeat(rating) + '☆'.repeat(5 - rating);
  return `  line ${line}  ${stars}  ${rater} for ${seller}, ${at.slice(0, 16).replace('T', ' ')} UTC${shown && `  "${shown}"`}`;
}
