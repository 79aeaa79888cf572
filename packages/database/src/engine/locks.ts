import { Prisma, type Queryable } from './database.ts';
import type { TableName } from './tables.ts';

/**
 * Locks rows until the transaction ends. A transaction of the embedded engine holds the write lock already; SQL Server locks
 * the rows of an UPDATE that changes nothing.
 * @param column one that no trigger and no computed column depends on, or whose cost is accepted
 */
export async function lockRows(db: Queryable, table: TableName, column: string, condition: Prisma.Sql): Promise<void> {
  if (db.engine === 'sqlite') return;
  const name = Prisma.raw(column);
  await db.write(Prisma.sql`UPDATE ${Prisma.raw(table)} SET ${name} = ${name} WHERE ${condition}`);
}
