import {
  excerpt,
  IMPORT_BYTES_MAX,
  IMPORT_ROWS_MAX,
  isAmbiguousAmount,
  LISTING_COLUMNS,
  type ListingColumn,
  type ListingFileFormat,
  type ListingFileSeparator,
} from '@assay/contract';
import { AppError, inTurns, type Cells, type ImportFile } from '@assay/core';
import { csvPages } from './csv-pages.ts';
import { readCsv, refuseFile, type CsvRecord } from './csv-records.ts';
import { detectListingFormat, isWrittenBy, LISTING_FORMATS, programReader, type ProgramFormat } from './listing-formats.ts';

// Spreadsheets take these cells for formulas, with any number of quotes before them. One more quote marks the cell as text, and
// reading removes one, so that every cell is read back as it was written.
const FORMULA = /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;
const MARKED = /^'+[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * Listings as CSV, page by page. What a spreadsheet would take for a formula is written as text.
 * @param separator semicolon: for spreadsheets of countries that write 12,50, prices included
 */
export function listingsCsv(
  pages: AsyncIterable<Record<ListingColumn, string>[]>,
  separator: ListingFileSeparator = 'comma',
): AsyncGenerator<string> {
  const semicolons = separator === 'semicolon';
  const cellOf = (cells: Record<ListingColumn, string>, column: ListingColumn) => {
    const cell = semicolons && column.endsWith('price') ? withComma(cells[column]) : cells[column];
    return FORMULA.test(cell) ? `'${cell}` : cell;
  };
  const rowOf = (cells: Record<ListingColumn, string>) => LISTING_COLUMNS.map((column) => cellOf(cells, column));
  return csvPages(LISTING_COLUMNS, pages, rowOf, semicolons ? { delimiter: ';' } : {});
}

/** "12.50" as "12,50"; three decimals get a zero more, for "1,234" may be a thousand. */
function withComma(price: string): string {
  const comma = price.replace('.', ',');
  return isAmbiguousAmount(comma) ? `${comma}0` : comma;
}

/** A file to fill in: the columns, and a draft as an example. */
export function listingsTemplate(separator: ListingFileSeparator = 'comma'): AsyncGenerator<string> {
  async function* example() {
    yield [EXAMPLE];
  }
  return listingsCsv(example(), separator);
}

const EXAMPLE: Record<ListingColumn, string> = {
  id: '',
  version: '',
  status: 'draft',
  title: 'Serving bowl, 28 cm',
  description: 'Ash glaze, wheel-thrown.',
  price: '86.00',
  currency: 'EUR',
  quantity: '1',
  category: 'ceramics/bowls',
  escrow: 'no',
  ships_from: 'PT',
  handling_days_min: '1',
  handling_days_max: '3',
  shipping_price: '6.50',
  ships_to: 'PT ES FR',
  pickup: 'no',
  attributes: 'Material: Stoneware',
};

/** Columns that a line has; others may be missing at its end, for spreadsheets leave empty cells out. */
const NEEDED: ReadonlySet<ListingColumn> = new Set(['id', 'version', 'title', 'price', 'currency']);

type ListingsFile = Pick<ImportFile, 'lines' | 'broken' | 'fingerprint' | 'format' | 'notes'>;

/**
 * The lines of a file of listings: UTF-8 or UTF-16, commas, semicolons or tabs, the first line names the columns. Other requests go on
 * meanwhile.
 * @param wanted the program that wrote it
 * @throws AppError VALIDATION_FAILED where it is no such file or has too many lines of any kind, PAYLOAD_TOO_LARGE
 */
export async function readListingsCsv(bytes: Uint8Array, wanted: ListingFileFormat = 'auto'): Promise<ListingsFile> {
  if (bytes.byteLength > IMPORT_BYTES_MAX)
    throw new AppError('PAYLOAD_TOO_LARGE', { message: `A file has at most ${IMPORT_BYTES_MAX / 1024 / 1024} MB.` });
  const { records, fingerprint } = await readCsv(bytes, IMPORT_ROWS_MAX + 1);
  const [head, ...rest] = records;
  if (!head) throw refuseFile('The file is empty.');
  const format = formatOf(head.cells, wanted);
  const read = format === 'assay' ? ownReader(head.cells) : programLines(format, head.cells);
  const lines: ImportFile['lines'][number][] = [];
  const broken: ImportFile['broken'][number][] = [];
  let further = 0;
  const giveWay = inTurns();
  for (const record of rest) {
    await giveWay();
    if (record.cells.every((cell) => cell.trim() === '')) continue;
    const found = read(record);
    if (found === null) further += 1;
    else if ('message' in found) broken.push(found);
    else lines.push(found);
  }
  if (lines.length + broken.length === 0) throw refuseFile('The file has no listings, only the names of its columns.');
  return { lines, broken, fingerprint, format, notes: notesOf(format, further) };
}

function notesOf(format: ImportFile['format'], further: number): string[] {
  if (format === 'assay') return [];
  const read = `Read as a file of ${LISTING_FORMATS[format].label}. Pictures are not imported.`;
  const skipped = `${further.toLocaleString('en')} ${further === 1 ? 'line has' : 'lines have'} further variants or pictures: each product is one listing.`;
  return further > 0 ? [read, skipped] : [read];
}

type Reader = (record: CsvRecord) => ImportFile['lines'][number] | ImportFile['broken'][number] | null;

function ownReader(head: readonly string[]): Reader {
  const columns = columnsOf(head);
  return ({ line, cells }) => {
    const tooMany = cells.slice(columns.length).some((cell) => cell.trim() !== '');
    const tooFew = columns.slice(cells.length).some((column) => NEEDED.has(column));
    if (!tooMany && !tooFew) return { line, cells: cellsOf(columns, cells) };
    const count = `${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}`;
    return { line, message: `This line has ${count}, the first one names ${columns.length} columns.` };
  };
}

function programLines(format: ProgramFormat, head: readonly string[]): Reader {
  const read = programReader(format, head);
  return ({ line, cells }) => {
    const listing = read(cells);
    return listing && { line, ...listing };
  };
}

/** @throws AppError VALIDATION_FAILED where the columns are not those of the wanted program */
function formatOf(head: readonly string[], wanted: ListingFileFormat): ImportFile['format'] {
  if (wanted !== 'auto' && wanted !== 'assay' && !isWrittenBy(wanted, head))
    throw refuseFile(`The file does not have the columns of a file of ${LISTING_FORMATS[wanted].label}.`);
  if (wanted !== 'auto') return wanted;
  const own = head.every((name) => (LISTING_COLUMNS as readonly string[]).includes(columnName(name)) || name.trim() === '');
  return own ? 'assay' : (detectListingFormat(head) ?? 'assay');
}

const columnName = (name: string) => name.trim().toLowerCase().replaceAll(' ', '_');

function columnsOf(names: readonly string[]): ListingColumn[] {
  const columns = names.map(columnName);
  while (columns.at(-1) === '') columns.pop();
  const unknown = columns.find((name) => !(LISTING_COLUMNS as readonly string[]).includes(name));
  if (unknown !== undefined) throw refuseFile(`There is no column “${excerpt(unknown, 40)}”. Columns are ${LISTING_COLUMNS.join(', ')}.`);
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  if (twice !== undefined) throw refuseFile(`The column “${twice}” is there twice.`);
  return columns as ListingColumn[];
}

const cellsOf = (columns: ListingColumn[], record: readonly string[]): Cells =>
  Object.fromEntries(
    columns.map((column, i) => {
      const cell = record[i] ?? '';
      return [column, MARKED.test(cell) ? cell.slice(1) : cell];
    }),
  );
