import { createHash } from 'node:crypto';
import { IMPORT_BYTES_MAX, LISTING_COLUMNS, type ListingColumn } from '@assay/contract';
import { AppError, type Cells, type ImportFile } from '@assay/core';
import { CsvError, parse, type Info } from 'csv-parse/sync';
import { csvPages } from './csv-pages.ts';

// What spreadsheets take for a formula, with as many quotes before it as there may be: one more marks the cell as text, and
// reading takes one away. So every cell is read back as it was written.
const FORMULA = /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;
const MARKED = /^'+[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/** Listings as CSV, page by page. What a spreadsheet would take for a formula is written as text. */
export const listingsCsv = (pages: AsyncIterable<Record<ListingColumn, string>[]>): AsyncGenerator<string> =>
  csvPages(LISTING_COLUMNS, pages, (cells) =>
    LISTING_COLUMNS.map((column) => (FORMULA.test(cells[column]) ? `'${cells[column]}` : cells[column])),
  );

const refuse = (message: string) => new AppError('VALIDATION_FAILED', { fields: [{ field: 'file', message }] });

/**
 * The lines of a file of listings: UTF-8, commas or semicolons, the first line names the columns.
 * @throws AppError VALIDATION_FAILED where it is no such file, PAYLOAD_TOO_LARGE
 */
export function readListingsCsv(bytes: Uint8Array): Pick<ImportFile, 'lines' | 'broken' | 'fingerprint'> {
  if (bytes.byteLength > IMPORT_BYTES_MAX)
    throw new AppError('PAYLOAD_TOO_LARGE', { message: `A file has at most ${IMPORT_BYTES_MAX / 1024 / 1024} MB.` });
  const records = recordsOf(textOf(bytes));
  const [head, ...rest] = records;
  if (!head) throw refuse('The file is empty.');
  const columns = columnsOf(head.record);
  const lines: ImportFile['lines'][number][] = [];
  const broken: ImportFile['broken'][number][] = [];
  for (const { record, line } of rest) {
    if (record.every((cell) => cell.trim() === '')) continue;
    if (record.length === columns.length) lines.push({ line, cells: cellsOf(columns, record) });
    else
      broken.push({
        line,
        message: `This line has ${record.length} ${record.length === 1 ? 'cell' : 'cells'}, the first one names ${columns.length} columns.`,
      });
  }
  if (lines.length + broken.length === 0) throw refuse('The file has no listings, only the names of its columns.');
  return { lines, broken, fingerprint: createHash('sha256').update(bytes).digest('hex') };
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes); // it takes the mark away
  } catch {
    throw refuse('The file is not in UTF-8. Save it as “CSV UTF-8”.');
  }
}

/** Records with the line on which each begins. */
function recordsOf(text: string): { record: string[]; line: number }[] {
  const first = text.slice(0, text.indexOf('\n') + 1 || undefined);
  const delimiter = first.split(';').length > first.split(',').length ? ';' : ',';
  try {
    const found = parse(text, { delimiter, info: true, relax_column_count: true }) as unknown as { record: string[]; info: Info }[];
    let line = 1;
    return found.map(({ record, info }) => {
      const begins = line;
      line = info.lines + 1;
      return { record, line: begins };
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw refuse(`Line ${Number(error.lines ?? 1)} cannot be read: a quote is opened or closed where none belongs.`);
  }
}

function columnsOf(names: string[]): ListingColumn[] {
  const columns = names.map((name) => name.trim().toLowerCase().replaceAll(' ', '_'));
  const unknown = columns.find((name) => !(LISTING_COLUMNS as readonly string[]).includes(name));
  if (unknown !== undefined) throw refuse(`There is no column “${unknown.slice(0, 40)}”. Columns are ${LISTING_COLUMNS.join(', ')}.`);
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  if (twice !== undefined) throw refuse(`The column “${twice}” is there twice.`);
  return columns as ListingColumn[];
}

const cellsOf = (columns: ListingColumn[], record: string[]): Cells =>
  Object.fromEntries(columns.map((column, i) => [column, MARKED.test(record[i]!) ? record[i]!.slice(1) : record[i]!]));
