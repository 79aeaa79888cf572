import { Prisma, returning, type Queryable } from './database.ts';

/** @param columns the table's column names and their values; names come from code, never from input */
const rowOf = (table: string, columns: Record<string, unknown>) => ({
  into: Prisma.raw(`INSERT INTO ${table} (${Object.keys(columns).join(', ')})`),
  values: Prisma.sql`VALUES (${Prisma.join(Object.values(columns))})`,
});

/** Inserts one row. */
export async function insert(db: Queryable, table: string, columns: Record<string, unknown>): Promise<void> {
  const { into, values } = rowOf(table, columns);
  await db.write(Prisma.sql`${into} ${values}`);
}

/**
 * Inserts one row and returns the id that the database gave it: one statement on both engines, where Prisma's own
 * `create` takes a table variable and a second SELECT on SQL Server.
 */
export async function insertReturningId(db: Queryable, table: string, columns: Record<string, unknown>): Promise<number> {
  const { into, values } = rowOf(table, columns);
  const id = returning(db.engine, { id: 'Id' });
  const [row] = await db.writeReturning<{ id: number }>(Prisma.sql`${into} ${id.output} ${values} ${id.returning}`);
  if (!row) throw new Error(`${table} returned no id.`);
  return row.id;
}
