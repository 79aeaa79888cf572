import { Prisma, type Queryable } from './database.ts';

// SQL Server takes 2,100 parameters in a statement; some are left for the rest of it.
const PARAMETERS = 2000;

/** Rows in chunks, each of which fits `times` times into one statement. */
export function chunks<Row extends object>(rows: Row[], times = 1): Row[][] {
  const size = Math.floor(PARAMETERS / times / Math.max(1, Object.keys(rows[0] ?? {}).length));
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size));
}

/**
 * Rows as a table expression to select from or to join with. All have the same columns, and no column mixes kinds of
 * values; their names come from code, never from input. One statement carries one of the {@link chunks}.
 */
export function valueRows(db: Queryable, rows: Record<string, unknown>[]): Prisma.Sql {
  const names = Object.keys(rows[0] ?? {});
  const values = Prisma.join(rows.map((row) => Prisma.sql`(${Prisma.join(names.map((name) => row[name]))})`));
  if (db.engine === 'sqlite')
    return Prisma.sql`(SELECT ${Prisma.raw(names.map((name, i) => `column${i + 1} AS ${name}`).join(', '))} FROM (VALUES ${values}))`;
  return Prisma.sql`(SELECT ${Prisma.raw(names.join(', '))} FROM (VALUES ${values}) v (${Prisma.raw(names.join(', '))}))`;
}
