import type { Engine } from './database-url.ts';
import { Prisma } from './database.ts';
import { startsWith } from './like.ts';

/**
 * Is the path this one, or below it? Both engines find the range in an index: SQLite compares bytes, where "0" follows "/";
 * SQL Server's collations order words, and it makes a range of LIKE itself.
 */
export function within(engine: Engine, column: Prisma.Sql, path: string): Prisma.Sql {
  const below =
    engine === 'sqlite' ? Prisma.sql`(${column} >= ${`${path}/`} AND ${column} < ${`${path}0`})` : startsWith(column, `${path}/`);
  return Prisma.sql`(${column} = ${path} OR ${below})`;
}

/** The first word of a path. */
export const topOf = (engine: Engine, column: Prisma.Sql): Prisma.Sql =>
  engine === 'sqlite'
    ? Prisma.sql`substr(${column}, 1, instr(${column} || '/', '/') - 1)`
    : Prisma.sql`LEFT(${column}, CHARINDEX('/', ${column} + '/') - 1)`;
