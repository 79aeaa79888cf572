import type { Engine } from './database-url.ts';
import { Prisma } from './database.ts';

/** The day of a moment, counted from 1 January 1970 in UTC, in SQL. */
export function dayOf(engine: Engine, column: Prisma.Sql): Prisma.Sql {
  return engine === 'sqlite' ? Prisma.sql`unixepoch(${column}) / 86400` : Prisma.sql`DATEDIFF(DAY, '1970-01-01', ${column})`;
}

/** The same for hours. */
export function hourOf(engine: Engine, column: Prisma.Sql): Prisma.Sql {
  return engine === 'sqlite' ? Prisma.sql`unixepoch(${column}) / 3600` : Prisma.sql`DATEDIFF(HOUR, '1970-01-01', ${column})`;
}

/** The beginning of the hour of a moment, as a moment. */
export function startOfHour(engine: Engine, column: Prisma.Sql): Prisma.Sql {
  return engine === 'sqlite'
    ? Prisma.sql`strftime('%Y-%m-%dT%H:00:00.000+00:00', ${column})`
    : Prisma.sql`DATEADD(HOUR, DATEDIFF(HOUR, '1970-01-01', ${column}), CAST('1970-01-01' AS DATETIME2(3)))`;
}
