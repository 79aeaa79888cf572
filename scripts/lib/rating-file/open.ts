import { ratingFormat, separatorLine, type RatingFormatName } from '@assay/core';
import { Refusal, WrongCall } from '../command.ts';
import { assertComplete, planOfFormat, planOfNames, planOfOrder, type ChosenColumns, type ColumnPlan } from './columns.ts';
import { looksLikeJson, readJson } from './json.ts';
import { encodingOf, linesOf, type Encoding, type Line } from './lines.ts';
import { delimiterOf, recordsOf, type FileRecord } from './records.ts';

/** How a file of ratings is read. */
export interface RatingFile {
  plan: ColumnPlan;
  format: RatingFormatName | null;
  /** What is between the cells of a line; null in JSON. */
  delimiter: string | null;
  /** What was found out about the file, in sentences. */
  notes: string[];
  /** From the first one that may be a rating. */
  records(): AsyncIterable<FileRecord> | Iterable<FileRecord>;
}

export interface OpenOptions {
  file: string;
  columns: ChosenColumns | null;
  format: RatingFormatName | null;
  encoding?: string | undefined;
  sellerIsKnown: boolean;
}

const SEPARATORS = new Map([
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'vertical bars'],
]);

/** Finds out how a file is to be read. @throws WrongCall, Refusal */
export async function openRatingFile(options: OpenOptions): Promise<RatingFile> {
  const encoding = encodingOf(options.file, options.encoding);
  const notes = encoding.name === 'utf-8' ? [] : [`The file is read as ${encoding.name}.`];
  const first = await firstLine(options.file, encoding);
  if (!first) throw new WrongCall('The file is empty.');
  if (looksLikeJson(first.text)) return openJson(options, encoding, notes);
  const order = options.columns && 'order' in options.columns ? options.columns.order : null;
  const named = separatorLine(first.text) ? await firstLine(options.file, encoding, first.number) : first;
  if (!named) throw new WrongCall('The file is empty.');
  const delimiter = separatorLine(first.text) ?? delimiterOf(named.text, order?.length);
  const separator = SEPARATORS.get(delimiter);
  if (separator) notes.push(`Cells are separated by ${separator}.`);
  const head = await headRecord(options.file, encoding, delimiter, named.number);
  if (head.fault) throw new Refusal(`line ${head.line}: ${head.fault}`);
  const found = planOf(options, head.cells, notes);
  const start = order && !isHeader(head.cells, found.plan) ? head.line : head.endLine + 1;
  if (order && start > head.line) notes.push(`Line ${head.line} names the columns: it is no rating.`);
  return {
    ...found,
    delimiter,
    notes,
    records: () => recordsFrom(recordsOf(linesOf(options.file, encoding), delimiter), start),
  };
}

async function openJson(options: OpenOptions, encoding: Encoding, notes: string[]): Promise<RatingFile> {
  const { header, records } = await readJson(options.file, encoding);
  if (records.length === 0) throw new WrongCall('The file is empty.');
  if (options.columns && 'order' in options.columns)
    throw new WrongCall('Columns of a JSON file are chosen by name: --columns rater="reviewer",…');
  return { ...planOf(options, header, notes), delimiter: null, notes, records: () => records };
}

function planOf(options: OpenOptions, header: readonly string[], notes: string[]): Pick<RatingFile, 'plan' | 'format'> {
  const { columns, sellerIsKnown } = options;
  if (columns) {
    const plan = 'order' in columns ? planOfOrder(columns.order) : planOfNames(columns.names, header);
    assertComplete(plan, sellerIsKnown);
    return { plan, format: options.format };
  }
  const { plan, format } = planOfFormat(options.format, header);
  assertComplete(plan, sellerIsKnown, format);
  if (format !== 'assay') notes.push(`The file is read as an export of ${ratingFormat(format).label}.`);
  return { plan, format };
}

/** Whether a first line of the wanted columns holds their names: neither its score nor its time has a digit or a star. */
function isHeader(cells: readonly string[], plan: ColumnPlan): boolean {
  const cellOf = (column: 'score' | 'time') => cells[plan.findIndex((columns) => columns?.includes(column))]?.trim() ?? '';
  const [score, time] = [cellOf('score'), cellOf('time')];
  return score !== '' && time !== '' && !/[\d★]/.test(score + time) && !/^(?:positive|neutral|negative)$/i.test(score);
}

async function firstLine(file: string, encoding: Encoding, after = 0): Promise<Line | null> {
  for await (const lines of linesOf(file, encoding)) {
    const found = lines.find(({ text, number, tooLong }) => number > after && (tooLong || text.trim() !== ''));
    if (found) return found;
  }
  return null;
}

async function headRecord(file: string, encoding: Encoding, delimiter: string, line: number): Promise<FileRecord> {
  for await (const record of recordsFrom(recordsOf(linesOf(file, encoding), delimiter), line)) return record;
  throw new WrongCall('The file is empty.');
}

async function* recordsFrom(records: AsyncIterable<FileRecord>, line: number): AsyncGenerator<FileRecord> {
  for await (const record of records) if (record.line >= line) yield record;
}
