import { IMPORT_REPORT_ROWS_MAX, IMPORT_ROWS_MAX, type ImportListingsQuery, type ListingImportReport } from '@assay/contract';
import { categoryFault } from '../categories/category-tree.ts';
import { requireSystem, requireUser } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { AppError } from '../kernel/errors.ts';
import { inTurns } from '../kernel/turns.ts';
import type { ListingRow } from '../listings/ports.ts';
import { openProfile } from '../sellers/open-profile.ts';
import { idOfLine, planImport, type ImportLine, type ImportWorld, type PlannedRow } from './plan-import.ts';

export interface ImportFile extends ImportListingsQuery {
  lines: readonly ImportLine[];
  /** Lines that are no lines of a table; they are refused with the others. */
  broken: readonly { line: number; message: string }[];
  /** SHA-256 of the file. */
  fingerprint: string;
}

const PORTION = 500;

/** Of a file and whose it is: 64 characters, of which the hash gets what the number leaves. */
const markOf = (sellerId: number, { fingerprint }: ImportFile): string => `${sellerId}:${fingerprint.slice(0, 53)}`;

/**
 * Takes listings from a file: new ones, and changes of those that it names. All or nothing, unless `skipErrors`. Pictures are not
 * part of it. @throws AppError UNAUTHENTICATED, VALIDATION_FAILED (too many lines), EDIT_CONFLICT (changed at the same moment)
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
  const report = (rows: readonly PlannedRow[], outcome: Outcome) => reportOf(file.dryRun, rows, outcome, rowsMax);
  if (file.dryRun) return report(await planned(ctx.repos, sellerId, file), { applied: false, takenBefore: false });
  return ctx.change(async (tx) => {
    const rows = await planned(tx.repos, sellerId, file);
    if (!file.skipErrors && rows.some(({ outcome }) => outcome === 'error')) return report(rows, { applied: false, takenBefore: false });
    const makes = rows.some(({ created }) => created);
    const run = makes
      ? await tx.repos.imports.openRun({ source: 'listings', fileName: 'listings.csv', fingerprint: markOf(sellerId, file) }, tx.at)
      : null;
    if (run?.finished) return report(rows, { applied: false, takenBefore: true });
    if (run) await tx.repos.imports.finish(run.id, tx.at);
    const applied = await apply(tx, sellerId, rows);
    return report(rows, { applied, takenBefore: false });
  });
}

async function planned(repos: Repositories, sellerId: number, file: ImportFile): Promise<PlannedRow[]> {
  const rows = await planImport(file.lines, await worldOf(repos, sellerId, file.lines));
  const broken = file.broken.map(({ line, message }): PlannedRow => ({
    line,
    id: null,
    title: '',
    outcome: 'error',
    changes: [],
    errors: [{ column: '', message }],
  }));
  return [...rows, ...broken].toSorted((a, b) => a.line - b.line);
}

async function worldOf(repos: Repositories, sellerId: number, lines: readonly ImportLine[]): Promise<ImportWorld> {
  const ids = [...new Set(lines.flatMap((line) => idOfLine(line) ?? []))];
  const own = new Map<number, ListingRow>();
  for (let i = 0; i < ids.length; i += PORTION)
    for (const row of await repos.listings.findOwn(sellerId, ids.slice(i, i + PORTION))) own.set(row.id, row);
  const categories = await repos.categories.all();
  const unknown = (path: string) => `There is no category “${path}”. Paths such as ceramics/bowls are in the list of categories.`;
  return { own, categoryProblem: (path) => categoryFault(categories, path, unknown(path)) };
}

/** Writes what is planned. Returns whether there was anything to write. */
async function apply(tx: Tx, sellerId: number, rows: readonly PlannedRow[]): Promise<boolean> {
  const at = tx.at;
  const created = rows.flatMap(({ created: listing }) => (listing ? [{ sellerId, ...listing, at }] : []));
  const changed = rows.flatMap(({ changed: change }) => (change ? [change] : []));
  if (created.length + changed.length === 0) return false;
  if (created.length > 0) {
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

function reportOf(dryRun: boolean, rows: readonly PlannedRow[], outcome: Outcome, rowsMax: number): ListingImportReport {
  const count = (kind: PlannedRow['outcome']) => rows.filter((row) => row.outcome === kind).length;
  return {
    dryRun,
    ...outcome,
    create: count('create'),
    update: count('update'),
    unchanged: count('unchanged'),
    error: count('error'),
    rows: reportedRows(rows, rowsMax).map(({ created: _created, changed: _changed, ...row }) => row),
  };
}

const REPORTED_FIRST = ['error', 'update', 'create', 'unchanged'];

/** The rows that need a look before the others, in the order of the file. */
function reportedRows(rows: readonly PlannedRow[], max: number): readonly PlannedRow[] {
  if (rows.length <= max) return rows;
  const chosen = REPORTED_FIRST.flatMap((kind) => rows.filter(({ outcome }) => outcome === kind)).slice(0, max);
  return chosen.toSorted((a, b) => a.line - b.line);
}
