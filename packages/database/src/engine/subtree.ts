import type { Engine } from './database-url.ts';
import { Prisma } from './database.ts';
import { startsWith } from './like.ts';

/**
 * Is the path this one, or below it? Both engines find it in an index. SQLite compares bytes, where "0" follows "/": one range, of
 * which what only begins with the same letters is left out. SQL Server's collations order words, and it makes a range of LIKE itself.
 */
export const within = (engine: Engine, column: Prisma.Sql, path: string): Prisma.Sql =>
  engine === 'sqlite'
    ? Prisma.sql`(${column} >= ${path} AND ${column} < ${`${path}0`} AND (${column} = ${path} OR ${column} >= ${`${path}/`}))`
    : Prisma.sql`(${column} = ${path} OR ${startsWith(column, `${path}/`)})`;

/** The top segment of a path. */
export const topOf = (engine: Engine, column: Prisma.Sql): Prisma.Sql =>
  engine === 'sqlite'
    ? Prisma.sql`substr(${column}, 1, instr(${column} || '/', '/') - 1)`
    : Prisma.sql`LEFT(${column}, CHARINDEX('/', ${column} + '/') - 1)`;
