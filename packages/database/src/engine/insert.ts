import { Prisma, type Queryable } from './database.ts';

/**
 * Inserts one row and returns the id that the database gave it: one statement on both engines, where Prisma's own
 * `create` takes a table variable and a second SELECT on SQL Server.
 * @param columns the table's column names and their values; names come from code, never from input
 */
export async function insertReturningId(db: Queryable, table: string, columns: Record<string, unknown>): Promise<number> {
  const names = Prisma.raw(Object.keys(columns).join(', '));
  const values = Prisma.join(Object.values(columns));
  const into = Prisma.raw(`INSERT INTO ${table}`);
  const statement =
    db.engine === 'sqlite'
      ? Prisma.sql`${into} (${names}) VALUES (${values}) RETURNING Id AS id`
      : Prisma.sql`${into} (${names}) OUTPUT INSERTED.Id AS id VALUES (${values})`;
  const [row] = await db.prisma.$queryRaw<{ id: number | bigint }[]>(statement);
  if (!row) throw new Error(`${table} returned no id.`);
  return Number(row.id);
}
