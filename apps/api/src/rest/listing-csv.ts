import { IMPORT_BYTES_MAX, IMPORT_ROWS_MAX, LISTING_COLUMNS, type ListingColumn } from '@assay/contract';
import { AppError, inTurns, type Cells, type ImportFile } from '@assay/core';
import { csvPages } from './csv-pages.ts';
import { readCsv, refuseFile } from './csv-records.ts';

// Spreadsheets take these cells for formulas, with any number of quotes before them. One more quote marks the cell as text, and
// reading removes one, so that every cell is read back as it was written.
const FORMULA = /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;
const MARKED = /^'+[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/** Listings as CSV, page by page. What a spreadsheet would take for a formula is written as text. */
export const listingsCsv = (pages: AsyncIterable<Record<ListingColumn, string>[]>): AsyncGenerator<string> =>
  csvPages(LISTING_COLUMNS, pages, (cells) =>
    LISTING_COLUMNS.map((column) => (FORMULA.test(cells[column]) ? `'${cells[column]}` : cells[column])),
  );

/**
 * The lines of a file of listings: UTF-8, commas or semicolons, the first line names the columns. Other requests go on meanwhile.
 * @throws AppError VALIDATION_FAILED where it is no such file or has too many lines of any kind, PAYLOAD_TOO_LARGE
 */
export async function readListingsCsv(bytes: Uint8Array): Promise<Pick<ImportFile, 'lines' | 'broken' | 'fingerprint'>> {
  if (bytes.byteLength > IMPORT_BYTES_MAX)
    throw new AppError('PAYLOAD_TOO_LARGE', { message: `A file has at most ${IMPORT_BYTES_MAX / 1024 / 1024} MB.` });
  const { records, fingerprint } = await readCsv(bytes, IMPORT_ROWS_MAX + 1);
  const [head, ...rest] = records;
  if (!head) throw refuseFile('The file is empty.');
  const columns = columnsOf(head.cells);
  const lines: ImportFile['lines'][number][] = [];
  const broken: ImportFile['broken'][number][] = [];
  const giveWay = inTurns();
  for (const { line, cells } of rest) {
    await giveWay();
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (cells.length === columns.length) lines.push({ line, cells: cellsOf(columns, cells) });
    else
      broken.push({
        line,
        message: `This line has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}, the first one names ${columns.length} columns.`,
      });
  }
  if (lines.length + broken.length === 0) throw refuseFile('The file has no listings, only the names of its columns.');
  return { lines, broken, fingerprint };
}

function columnsOf(names: string[]): ListingColumn[] {
  const columns = names.map((name) => name.trim().toLowerCase().replaceAll(' ', '_'));
  const unknown = columns.find((name) => !(LISTING_COLUMNS as readonly string[]).includes(name));
  if (unknown !== undefined) throw refuseFile(`There is no column “${unknown.slice(0, 40)}”. Columns are ${LISTING_COLUMNS.join(', ')}.`);
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  if (twice !== undefined) throw refuseFile(`The column “${twice}” is there twice.`);
  return columns as ListingColumn[];
}

const cellsOf = (columns: ListingColumn[], record: string[]): Cells =>
  Object.fromEntries(columns.map((column, i) => [column, MARKED.test(record[i]!) ? record[i]!.slice(1) : record[i]!]));
