import {
  IMPORT_REPORT_ROWS_MAX,
  IMPORT_ROWS_MAX,
  IMPORT_SAMPLE_MAX,
  type Currency,
  type ImportListingsQuery,
  type ListingImportReport,
} from '@assay/contract';
import { categoryFault, categoryLike } from '../categories/category-tree.ts';
import type { ImportRun } from '../imports/ports.ts';
import { requireSystem, requireUser } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { AppError } from '../kernel/errors.ts';
import { Raced } from '../kernel/raced.ts';
import { inTurns } from '../kernel/turns.ts';
import type { ListingRow } from '../listings/ports.ts';
import { requireRoom } from '../listings/require-room.ts';
import { openProfile } from '../sellers/open-profile.ts';
import { toCells } from './cells.ts';
import { idOfLine, planImport, type ImportLine, type ImportWorld, type PlannedRow } from './plan-import.ts';

export interface ImportFile extends Omit<ImportListingsQuery, 'format'> {
  lines: readonly ImportLine[];
  /** Lines that are no lines of a table; they are refused with the others. */
  broken: readonly { line: number; message: string }[];
  /** SHA-256 of the file. */
  fingerprint: string;
  /** The program that wrote it. */
  format: ListingImportReport['format'];
  /** What was found out about it, in sentences. */
  notes: readonly string[];
}

const PORTION = 500;

/** Of a file and whose it is: 64 characters, of which the hash gets what the number leaves. */
const markOf = (sellerId: number, { fingerprint }: ImportFile): string => `${sellerId}:${fingerprint.slice(0, 53)}`;

/**
 * Takes listings from a file: new ones, and changes of those that it names. All or nothing, unless `skipErrors`. Pictures are not
 * part of it. @throws AppError UNAUTHENTICATED, VALIDATION_FAILED (too many lines), EDIT_CONFLICT (changed at the same moment),
 * LISTING_LIMIT (more new ones than the seller has room for)
 */
export function importListings(ctx: Context, file: ImportFile): Promise<ListingImportReport> {
  return importFor(ctx, requireUser(ctx.actor).id, file, IMPORT_REPORT_ROWS_MAX);
}

/** The same for a seller, by a command: all rows are reported. @throws AppError FORBIDDEN, VALIDATION_FAILED, EDIT_CONFLICT */
export function importListingsOf(ctx: Context, input: ImportFile & { sellerId: number }): Promise<ListingImportReport> {
  requireSystem(ctx.actor);
  return importFor(ctx, input.sellerId, input, Infinity);
}

async function importFor(ctx: Context, sellerId: number, file: ImportFile, rowsMax: number): Promise<ListingImportReport> {
  if (file.lines.length + file.broken.length > IMPORT_ROWS_MAX)
    throw new AppError('VALIDATION_FAILED', {
      fields: [{ field: 'file', message: `A file has at most ${IMPORT_ROWS_MAX.toLocaleString('en')} listings. Split it.` }],
    });
  const report = (plan: Plan, outcome: Outcome) => reportOf(file, plan, outcome, rowsMax);
  if (file.dryRun) {
    const plan = await planned(ctx.repos, sellerId, file);
    const takenBefore = creates(plan) && (await stillTaken(ctx.repos, sellerId, await ctx.repos.imports.findRun(markOf(sellerId, file))));
    return report(plan, { applied: false, takenBefore });
  }
  return ctx.change(async (tx) => {
    const plan = await planned(tx.repos, sellerId, file);
    const broken = !file.skipErrors && plan.rows.some(({ outcome }) => outcome === 'error');
    if (broken) return report(plan, { applied: false, takenBefore: false });
    if (creates(plan) && !(await markTaken(tx, sellerId, file))) return report(plan, { applied: false, takenBefore: true });
    return report(plan, { applied: await apply(tx, sellerId, plan.rows), takenBefore: false });
  });
}

/** What an import does, and what it says about the file. */
interface Plan {
  rows: PlannedRow[];
  notes: string[];
}

const creates = ({ rows }: Plan) => rows.some(({ created }) => created);

/** Whether a file was taken, and listings that it created are still there: the mark does not outlive them. */
async function stillTaken(repos: Repositories, sellerId: number, run: ImportRun | null): Promise<boolean> {
  // All listings of a file are created at the moment at which its run ends.
  return run !== null && run.finishedAt !== null && (await repos.listingImports.countCreatedAt(sellerId, run.finishedAt)) > 0;
}

/** Marks a file as taken. False where it is already. @throws Raced */
async function markTaken(tx: Tx, sellerId: number, file: ImportFile): Promise<boolean> {
  const run = await tx.repos.imports.openRun({ source: 'listings', fileName: 'listings.csv', fingerprint: markOf(sellerId, file) }, tx.at);
  if (await stillTaken(tx.repos, sellerId, run)) return false;
  if (run.finishedAt && !(await tx.repos.imports.reopen(run))) throw new Raced();
  await tx.repos.imports.finish(run.id, tx.at);
  return true;
}

async function planned(repos: Repositories, sellerId: number, file: ImportFile): Promise<Plan> {
  const currency = file.currency ?? (file.format === 'assay' ? null : await usualCurrency(repos, sellerId));
  const rows = await planImport(file.lines, await worldOf(repos, sellerId, file.lines, currency));
  const broken = file.broken.map(({ line, message }): PlannedRow => ({
    line,
    id: null,
    title: '',
    outcome: 'error',
    changes: [],
    errors: [{ column: '', message }],
  }));
  const assumed = rows.some(({ currencyAssumed }) => currencyAssumed);
  const notes = assumed ? [...file.notes, `Prices without a currency are in ${currency}.`] : [...file.notes];
  return { rows: [...rows, ...broken].toSorted((a, b) => a.line - b.line), notes };
}

/** The currency of the seller's newest listing, or euros. */
async function usualCurrency(repos: Repositories, sellerId: number): Promise<Currency> {
  const [newest] = await repos.listings.listOwn({ sellerId, sort: 'newest', limit: 1 });
  return (newest?.currency as Currency | undefined) ?? 'EUR';
}

async function worldOf(
  repos: Repositories,
  sellerId: number,
  lines: readonly ImportLine[],
  currency: Currency | null,
): Promise<ImportWorld> {
  const ids = [...new Set(lines.flatMap((line) => idOfLine(line) ?? []))];
  const own = new Map<number, ListingRow>();
  for (let i = 0; i < ids.length; i += PORTION)
    for (const row of await repos.listings.findOwn(sellerId, ids.slice(i, i + PORTION))) own.set(row.id, row);
  const categories = await repos.categories.all();
  const unknown = (path: string) => `There is no category “${path}”. Paths such as ceramics/bowls are in the list of categories.`;
  return {
    own,
    categoryProblem: (path) => categoryFault(categories, path, unknown(path)),
    categoryLike: categoryLike(categories),
    currency,
  };
}

/** Writes what is planned. Returns whether there was anything to write. */
async function apply(tx: Tx, sellerId: number, rows: readonly PlannedRow[]): Promise<boolean> {
  const at = tx.at;
  const created = rows.flatMap(({ created: listing }) => (listing ? [{ sellerId, ...listing, at }] : []));
  const changed = rows.flatMap(({ changed: change }) => (change ? [change] : []));
  if (created.length + changed.length === 0) return false;
  if (created.length > 0) {
    if (tx.actor.kind === 'user') await requireRoom(tx, sellerId, created.length);
    await openProfile(tx, sellerId);
    await tx.repos.listingImports.insertMany(created);
  }
  const giveWay = inTurns();
  for (const { row, content } of changed) {
    await giveWay();
    if (!(await tx.repos.listings.edit({ id: row.id, sellerId, version: row.version }, content, at))) throw new AppError('EDIT_CONFLICT');
  }
  const detail = { created: created.length, updated: changed.length, refused: rows.filter(({ outcome }) => outcome === 'error').length };
  await tx.audit('listings.imported', 'seller', sellerId, detail);
  await tx.publish('listing.changed', { sellerId, listingId: null });
  return true;
}

type Outcome = Pick<ListingImportReport, 'applied' | 'takenBefore'>;

function reportOf(file: ImportFile, { rows, notes }: Plan, outcome: Outcome, rowsMax: number): ListingImportReport {
  const count = (kind: PlannedRow['outcome']) => rows.filter((row) => row.outcome === kind).length;
  return {
    dryRun: file.dryRun,
    format: file.format,
    notes,
    sample: rows
      .filter(({ outcome: kind }) => kind === 'create' || kind === 'update')
      .slice(0, IMPORT_SAMPLE_MAX)
      .map(sampleOf),
    ...outcome,
    create: count('create'),
    update: count('update'),
    unchanged: count('unchanged'),
    error: count('error'),
    rows: reportedRows(rows, rowsMax).map(({ created: _created, changed: _changed, currencyAssumed: _assumed, ...row }) => row),
  };
}

/** A listing as it would be stored, by column. */
function sampleOf({ line, created, changed }: PlannedRow): ListingImportReport['sample'][number] {
  const {
    id: _id,
    version: _version,
    ...cells
  } = toCells({ id: 0, version: 1, ...(changed && { ...changed.row, ...changed.content }), ...created } as ListingRow);
  return { line, cells };
}

const REPORTED_FIRST = ['error', 'update', 'create', 'unchanged'];

/** The rows that need a look before the others, in the order of the file. */
function reportedRows(rows: readonly PlannedRow[], max: number): readonly PlannedRow[] {
  if (rows.length <= max) return rows;
  const chosen = REPORTED_FIRST.flatMap((kind) => rows.filter(({ outcome }) => outcome === kind)).slice(0, max);
  return chosen.toSorted((a, b) => a.line - b.line);
}
