import { Prisma } from './database.ts';

/** Does the column contain that text, taken as it is? Upper and lower case are the same, as far as the engine knows them. */
export const contains = (column: Prisma.Sql, text: string): Prisma.Sql => like(column, `%${literal(text)}%`);

/** Does the column begin with that text? */
export const startsWith = (column: Prisma.Sql, text: string): Prisma.Sql => like(column, `${literal(text)}%`);

const like = (column: Prisma.Sql, pattern: string) => Prisma.sql`${column} LIKE ${pattern} ESCAPE '\\'`;
const literal = (text: string) => text.replace(/[\\%_[]/g, '\\$&');
