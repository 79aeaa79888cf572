import { Prisma, returning, type Queryable } from './database.ts';
import type { NewRow, TableName, Tables } from './tables.ts';

const rowOf = (table: string, row: object) => ({
  into: Prisma.raw(`INSERT INTO ${table} (${Object.keys(row).join(', ')})`),
  values: Prisma.sql`VALUES (${Prisma.join(Object.values(row))})`,
});

/** Inserts one row. */
export async function insert<T extends TableName>(db: Queryable, table: T, row: NewRow<T>): Promise<void> {
  const { into, values } = rowOf(table, row);
  await db.write(Prisma.sql`${into} ${values}`);
}

/**
 * Inserts one row and returns the id that the database gave it: one statement on both engines, where Prisma's own
 * `create` takes a table variable and a second SELECT on SQL Server.
 */
export async function insertReturningId<T extends TableName>(db: Queryable, table: T, row: NewRow<T>): Promise<number> {
  const { into, values } = rowOf(table, row);
  const id = returning(db.engine, { id: 'Id' });
  const [inserted] = await db.writeReturning<{ id: number }>(Prisma.sql`${into} ${id.output} ${values} ${id.returning}`);
  if (!inserted) throw new Error(`${table} returned no id.`);
  return inserted.id;
}

/**
 * Runs an INSERT that gives the ids itself. SQL Server lets a session do so for one table at a time, so the setting
 * goes with the statement.
 */
export function insertWithIds(db: Queryable, table: TableName, insertion: Prisma.Sql): Promise<number> {
  if (db.engine === 'sqlite') return db.write(insertion);
  const name = Prisma.raw(table);
  return db.write(Prisma.sql`SET IDENTITY_INSERT ${name} ON; ${insertion}; SET IDENTITY_INSERT ${name} OFF`);
}

/** Inserts one row under an id that was its own before. */
export async function insertWithId<T extends TableName>(db: Queryable, table: T, id: number, row: NewRow<T>): Promise<void> {
  const { into, values } = rowOf(table, { Id: id, ...row });
  await insertWithIds(db, table, Prisma.sql`${into} ${values}`);
}

/** "A = x, B = y" for an UPDATE of that table; columns that are undefined stay as they are. */
export function assignments<T extends TableName>(_table: T, row: { [C in keyof Tables[T]]?: Tables[T][C] | undefined }): Prisma.Sql[] {
  const changed = Object.entries(row).filter(([, value]) => value !== undefined);
  return changed.map(([column, value]) => Prisma.sql`${Prisma.raw(column)} = ${value}`);
}
