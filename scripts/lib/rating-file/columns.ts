import {
  columnsOfFormat,
  detectRatingFormat,
  foldColumn,
  IMPORT_COLUMNS,
  ratingFormat,
  REQUIRED_COLUMNS,
  type ImportColumn,
  type RatingFormatName,
} from '@assay/core';
import { WrongCall } from '../command.ts';

/** What each cell of a line is; null where it is nothing of a rating. */
export type ColumnPlan = readonly (readonly ImportColumn[] | null)[];

/** `--columns`: names in the order of the file, or which name of the first line is which column. */
export type ChosenColumns = { order: string[] } | { names: Map<ImportColumn, string> };

/** @throws WrongCall */
export function parseColumns(given: string, sellerIsKnown: boolean): ChosenColumns {
  if (given.includes('=')) return { names: parseNames(given) };
  const order = given.split(',').map((name) => name.trim().toLowerCase());
  assertComplete(planOfOrder(order), sellerIsKnown);
  return { order };
}

function parseNames(given: string): Map<ImportColumn, string> {
  const names = new Map<ImportColumn, string>();
  for (const [, key = '', quoted, plain] of given.matchAll(/\s*(?:([\w ]*?)\s*=)?\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g)) {
    const name = (quoted?.replaceAll('""', '"') ?? plain ?? '').trim();
    if (key === '' && name === '') continue;
    const column = IMPORT_COLUMNS.find((known) => known === (key || name).toLowerCase());
    if (!column) throw new WrongCall(`--columns names ${IMPORT_COLUMNS.join(', ')}; "${key || name}" is none of them.`);
    if (names.has(column)) throw new WrongCall(`The column ${column} occurs twice.`);
    names.set(column, name);
  }
  return names;
}

/** The plan of names in the order of the file; names that are none of a rating's are skipped. */
export function planOfOrder(order: readonly string[]): ColumnPlan {
  const columns = order.map((name) => IMPORT_COLUMNS.find((known) => known === foldColumn(name)) ?? null);
  const twice = columns.find((column, i) => column && columns.indexOf(column) !== i);
  if (twice) throw new WrongCall(`The column ${twice} occurs twice.`);
  return columns.map((column) => column && [column]);
}

/** The plan of columns that are chosen by their names in the first line. @throws WrongCall */
export function planOfNames(names: ReadonlyMap<ImportColumn, string>, header: readonly string[]): ColumnPlan {
  const folded = header.map(foldColumn);
  for (const name of names.values())
    if (!folded.includes(foldColumn(name)))
      throw new WrongCall(`The file has no column "${name}". Its columns are ${header.join(', ').slice(0, 1000)}.`);
  return folded.map((column) => {
    const here = [...names].filter(([, name]) => foldColumn(name) === column).map(([key]) => key);
    return here.length > 0 ? here : null;
  });
}

/** The plan of a file that some program wrote. @param format null: it is detected. @throws WrongCall */
export function planOfFormat(format: RatingFormatName | null, header: readonly string[]): { plan: ColumnPlan; format: RatingFormatName } {
  const found = format ?? detectRatingFormat(header) ?? 'assay';
  return { plan: columnsOfFormat(found, header), format: found };
}

/** @throws WrongCall that says which column there is not */
export function assertComplete(plan: ColumnPlan, sellerIsKnown: boolean, format?: RatingFormatName): void {
  const there = new Set(plan.flatMap((columns) => columns ?? []));
  if (there.has('name')) there.add('rater');
  const missing = REQUIRED_COLUMNS.filter((column) => !there.has(column) && !(column === 'seller' && sellerIsKnown));
  if (missing.length === 0) return;
  if (missing.length === 1 && missing[0] === 'seller' && format && format !== 'assay')
    throw new WrongCall(`A file of ${ratingFormat(format).label} names no seller: say whose ratings they are with --seller EMAIL.`);
  throw new WrongCall(`There is no column ${missing.join(', ')}. Name the columns: --columns rater,seller,score,time`);
}
