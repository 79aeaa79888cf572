import { Prisma } from './database.ts';

/** One column of an ORDER BY. */
export interface SortColumn {
  column: Prisma.Sql;
  descending: boolean;
}

/** `ORDER BY a DESC, b DESC` */
export function orderBy(columns: SortColumn[]): Prisma.Sql {
  return Prisma.sql`ORDER BY ${Prisma.join(columns.map(({ column, descending }) => (descending ? Prisma.sql`${column} DESC` : Prisma.sql`${column} ASC`)))}`;
}

/**
 * What comes after a row with these sort keys: `(a < x OR (a = x AND (b < y …)))`, because T-SQL compares no rows of values.
 */
export function after(columns: SortColumn[], keys: (number | Date)[]): Prisma.Sql {
  const [first, ...rest] = columns;
  const key = keys[0];
  if (!first || key === undefined || columns.length !== keys.length) throw new Error('A keyset needs one key for each sort column.');
  const beyond = first.descending ? Prisma.sql`${first.column} < ${key}` : Prisma.sql`${first.column} > ${key}`;
  return rest.length === 0 ? beyond : Prisma.sql`(${beyond} OR (${first.column} = ${key} AND ${after(rest, keys.slice(1))}))`;
}

/**
 * The same for two columns that are sorted the same way, so that an index of both finds the place: engines seek by the first
 * condition, `a <= x`, where the form with OR alone makes them read everything before it.
 */
export function seekAfter([first, second]: [SortColumn, SortColumn], keys: [number | bigint | Date, number]): Prisma.Sql {
  const [beyond, upTo] = first.descending ? [Prisma.sql`<`, Prisma.sql`<=`] : [Prisma.sql`>`, Prisma.sql`>=`];
  const next = second.descending ? Prisma.sql`<` : Prisma.sql`>`;
  return Prisma.sql`${first.column} ${upTo} ${keys[0]} AND (${first.column} ${beyond} ${keys[0]} OR ${second.column} ${next} ${keys[1]})`;
}

/** `WHERE a AND b`, or nothing. */
export function where(conditions: (Prisma.Sql | false | undefined)[]): Prisma.Sql {
  const kept = conditions.filter((condition) => condition !== false && condition !== undefined);
  return kept.length ? Prisma.sql`WHERE ${Prisma.join(kept, ' AND ')}` : Prisma.empty;
}
