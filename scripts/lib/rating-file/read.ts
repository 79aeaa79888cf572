import {
  BadLine,
  dateOrderOf,
  NewestOfPairs,
  parseImportedRating,
  REQUIRED_COLUMNS,
  isReply,
  wasPublished,
  type DateOrder,
  type ImportedFields,
  type ImportedRating,
  type ReadRules,
} from '@assay/core';
import type { RatingFile } from './open.ts';
import type { FileRecord } from './records.ts';

/** What a record of a file is. */
export type ReadLine = Pick<FileRecord, 'line' | 'endLine' | 'bytes'> &
  ({ rating: ImportedRating } | { reason: string } | { unpublished: string });

/** The ratings of a file, and why other lines are none. */
export async function* readRatings(
  file: RatingFile,
  rules: ReadRules,
  older: ReadonlyMap<number, string> = new Map(),
): AsyncGenerator<ReadLine> {
  for await (const record of file.records()) {
    if (!record.fault && record.cells.every((cell) => cell.trim() === '')) continue;
    const { line, endLine, bytes } = record;
    const read = readRecord(file, record, rules);
    const reason = older.get(line);
    yield { line, endLine, bytes, ...('rating' in read && reason !== undefined ? { reason } : read) };
  }
}

function readRecord(
  file: RatingFile,
  record: FileRecord,
  rules: ReadRules,
): { rating: ImportedRating } | { reason: string } | { unpublished: string } {
  try {
    if (record.fault) throw new BadLine(record.fault);
    refuseSwallowed(file, record, rules);
    const fields = fieldsOf(record.cells, file.plan);
    if (!wasPublished(fields)) return { unpublished: isReply(fields) ? 'reply' : (fields.state?.trim() ?? '') };
    return { rating: parseImportedRating(record.line, fields, rules) };
  } catch (error) {
    if (!(error instanceof BadLine)) throw error;
    return { reason: error.message };
  }
}

/** A comment has several lines at times, but none that is a rating: there a quote was not closed. @throws BadLine */
function refuseSwallowed(file: RatingFile, { line, endLine, takenIn = [] }: FileRecord, rules: ReadRules): void {
  for (const { text, number } of takenIn) {
    const { rater, name, seller, score, time } = byColumn(text.split(file.delimiter!), file.plan);
    try {
      parseImportedRating(number, { rater, name, seller, score, time }, rules);
    } catch (error) {
      if (error instanceof BadLine) continue;
      throw error;
    }
    const lost = `lines ${line} to ${endLine} were not read`;
    throw new BadLine(`a quote opens here and takes in line ${number}, which is a rating of its own: ${lost}`);
  }
}

/** @throws BadLine where cells with something in them are too many, or those of a rating too few */
function fieldsOf(cells: readonly string[], plan: RatingFile['plan']): ImportedFields {
  const tooMany = cells.slice(plan.length).some((cell) => cell.trim() !== '');
  const tooFew = plan.slice(cells.length).some((columns) => columns?.some((column) => REQUIRED_COLUMNS.includes(column)));
  if (tooMany || tooFew) throw new BadLine(`it has ${cells.length} field(s) instead of ${plan.length}`);
  return byColumn(cells, plan);
}

const byColumn = (cells: readonly string[], plan: RatingFile['plan']): ImportedFields =>
  Object.fromEntries(plan.flatMap((columns, i) => columns?.map((column) => [column, cells[i]]) ?? []));

/**
 * Which lines do not count because the same rater gave the seller another rating in the file: the newest one counts, of two at the
 * same time the first. By line, with the reason.
 */
export async function olderRatings(file: RatingFile, rules: ReadRules): Promise<Map<number, string>> {
  const pairs = new NewestOfPairs<{ line: number; at: Date }>();
  const older = new Map<number, string>();
  for await (const read of readRatings(file, rules)) {
    if (!('rating' in read)) continue;
    const { line, rater, seller, at } = read.rating;
    const left = pairs.add(JSON.stringify([seller, rater]), { line, at });
    if (left) older.set(left.line, left.reason);
  }
  return older;
}

/** The order of dates such as 04/03/2024 in a file; null where its lines contradict each other, undefined where none of them decides. */
export async function dateOrderIn(file: RatingFile): Promise<{ order: DateOrder | null | undefined; undecided: boolean }> {
  const place = file.plan.findIndex((columns) => columns?.includes('time'));
  const found = new Set<DateOrder>();
  let undecided = false;
  let looked = 0;
  for await (const { cells } of file.records()) {
    const order = dateOrderOf(cells[place]);
    if (order === 'either') undecided = true;
    else if (order) found.add(order);
    if (++looked === 1000 && !undecided && found.size === 0) break;
  }
  return { order: found.size > 1 ? null : [...found][0], undecided };
}
