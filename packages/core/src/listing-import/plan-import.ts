import { MAX_ID, OTHER_CATEGORY, type Currency, type ImportedRow, type ListingColumn } from '@assay/contract';
import { inTurns } from '../kernel/turns.ts';
import type { ListingContent, ListingRow } from '../listings/ports.ts';
import { illegalMove, missingPrice, missingToPublish } from '../listings/rules.ts';
import { amountErrors, readContent, toCells, type CellError, type Cells } from './cells.ts';

/** A line that could be read. */
export interface ImportLine {
  line: number;
  cells: Cells;
  /** Its category in the program that wrote the file. */
  category?: string | undefined;
}

/** What becomes of a line. */
export type PlannedRow = ImportedRow & {
  /** A listing that is to be made. */
  created?: ListingContent & { status: 'draft' | 'active' };
  /** What is to be changed of one that is there. */
  changed?: { row: ListingRow; content: Partial<ListingContent> };
  /** The line of a new listing does not say in which currency its price is. */
  currencyAssumed?: boolean;
};

export interface ImportWorld {
  /** The seller's own listings that the lines name. */
  own: ReadonlyMap<number, ListingRow>;
  /** Why nothing new goes into a category; null where something does. */
  categoryProblem: (category: string) => string | null;
  /** The category here that is called like one elsewhere. */
  categoryLike: (name: string) => string;
  /** Of new listings that name none. */
  currency: Currency | null;
}

// Spreadsheets write whole numbers with a point.
const ID = /^([1-9]\d{0,9})(?:[.,]0+)?$/;

/** The number in the column `id`; null for a new listing, undefined where there is none in it. */
export function idOfLine({ cells }: ImportLine): number | null | undefined {
  const cell = cells.id?.trim() ?? '';
  if (cell === '') return null;
  const id = Number(ID.exec(cell)?.[1]);
  return id <= MAX_ID ? id : undefined;
}

const titleOf = (cells: Cells, row?: ListingRow) => (cells.title?.trim() || row?.title || '').slice(0, 255);

/** Plans what each line of a file does; writes nothing. Other requests go on meanwhile. */
export async function planImport(lines: readonly ImportLine[], world: ImportWorld): Promise<PlannedRow[]> {
  const giveWay = inTurns();
  const seen = new Map<number, number>();
  const rows: PlannedRow[] = [];
  for (const line of lines) {
    await giveWay();
    rows.push(planLine(line, world, seen));
  }
  return rows;
}

/** @param seen the line of each listing that was named before */
function planLine(line: ImportLine, world: ImportWorld, seen: Map<number, number>): PlannedRow {
  const id = idOfLine(line);
  if (id === null) return planCreate(line, world);
  if (id === undefined)
    return refused(line, null, [{ column: 'id', message: 'An id is a whole number; leave it empty for a new listing.' }]);
  const before = seen.get(id);
  if (before !== undefined) return refused(line, id, [{ column: 'id', message: `Line ${before} is about this listing already.` }]);
  seen.set(id, line.line);
  const row = world.own.get(id);
  return row ? planUpdate(line, row, world) : refused(line, id, [{ column: 'id', message: 'You have no listing with this number.' }]);
}

const refused = ({ line, cells }: ImportLine, id: number | null, errors: CellError[], row?: ListingRow): PlannedRow => ({
  line,
  id,
  title: titleOf(cells, row),
  outcome: 'error',
  changes: [],
  errors,
});

function planCreate(line: ImportLine, { categoryProblem, categoryLike, currency }: ImportWorld): PlannedRow {
  const { content, errors } = readContent(line.cells, currency);
  const currencyAssumed = content.currency === undefined && line.cells.currency === undefined && currency !== null;
  if (currencyAssumed) content.currency = currency;
  if (line.category !== undefined) content.category = categoryLike(line.category);
  const status = line.cells.status?.trim().toLowerCase() ?? '';
  if (!['', 'draft', 'active'].includes(status))
    errors.push({ column: 'status', message: 'A new listing is a draft, or active: offered at once.' });
  const faulty = new Set(errors.map(({ column }) => column));
  for (const [column, value] of [
    ['title', content.title],
    ['currency', content.currency],
  ] as [ListingColumn, unknown][])
    if (value === undefined && !faulty.has(column)) errors.push({ column, message: `A new listing needs a ${column}.` });
  const created = {
    title: '',
    description: null,
    priceE8: 0n,
    currency: 'EUR',
    category: OTHER_CATEGORY,
    escrowEnabled: false,
    shippingInfo: null,
    metadata: [],
    quantity: 1,
    ...content,
    status: status === 'active' ? ('active' as const) : ('draft' as const),
  };
  if (content.currency !== undefined) errors.push(...amountErrors(created));
  const categoryFault = faulty.has('category') ? null : categoryProblem(created.category);
  if (created.status === 'active' && !faulty.has('price') && !faulty.has('title'))
    for (const { field, message } of missingToPublish(created, categoryFault)) errors.push({ column: field as ListingColumn, message });
  else if (categoryFault) errors.push({ column: 'category', message: categoryFault });
  if (errors.length > 0) return refused(line, null, onceEach(errors));
  return { line: line.line, id: null, title: created.title, outcome: 'create', changes: [], errors: [], created, currencyAssumed };
}

function planUpdate(line: ImportLine, row: ListingRow, { categoryProblem }: ImportWorld): PlannedRow {
  const { content, errors } = readContent(line.cells, row.currency as Currency);
  const status = line.cells.status?.trim().toLowerCase() ?? '';
  if (status !== '' && status !== row.status)
    errors.push({ column: 'status', message: `A file moves no listing: this one is ${row.status}. Leave the column as it is, or empty.` });
  if (errors.length > 0) return refused(line, row.id, onceEach(errors), row);
  const next = { ...row, ...content };
  const before = toCells(row);
  const after = toCells(next);
  const changes = Object.keys(after).filter((column) => after[column as ListingColumn] !== before[column as ListingColumn]);
  const same = { line: line.line, id: row.id, title: next.title, changes };
  if (changes.length === 0) return { ...same, outcome: 'unchanged', errors: [] };
  const faults = [...versionErrors(line.cells, row), ...amountErrors(next)];
  if (row.status === 'archived') faults.push({ column: 'status', message: illegalMove('archived', 'edit') });
  if (next.quantity < row.reserved)
    faults.push({ column: 'quantity', message: `Buyers have reserved ${row.reserved}: the quantity cannot be lower.` });
  const missing = missingPrice(next);
  if (missing) faults.push({ column: 'price', message: missing.message });
  const categoryFault = next.category === row.category ? null : categoryProblem(next.category);
  if (categoryFault) faults.push({ column: 'category', message: categoryFault });
  if (faults.length > 0) return refused(line, row.id, faults, row);
  return { ...same, outcome: 'update', errors: [], changed: { row, content } };
}

function versionErrors({ version = '' }: Cells, row: ListingRow): CellError[] {
  if (version.trim().replace(/[.,]0+$/, '') === String(row.version)) return [];
  const message =
    version.trim() === ''
      ? 'To change a listing, its version is needed: export your listings, and keep that column.'
      : `It was changed after the export (now version ${row.version}). Export again.`;
  return [{ column: 'version', message }];
}

/** One sentence for each column is enough. */
const onceEach = (errors: CellError[]): CellError[] =>
  [...new Map(errors.toReversed().map((error) => [error.column, error])).values()].toReversed();
