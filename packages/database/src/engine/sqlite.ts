import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { PrismaClient } from '../generated/sqlserver/client.ts';
import type * as Prisma from '../generated/sqlserver/internal/prismaNamespace.ts';
import { SqliteAdapter } from './sqlite-adapter.ts';

/** The two generated clients are not assignable to each other; SQL Server's is the narrower, and everything is typed against it. */
export async function openSqlite(file: string, busyTimeoutMs: number) {
  mkdirSync(path.dirname(file), { recursive: true });
  const { PrismaClient: SqliteClient } = await import('../generated/sqlite/client.ts');
  const adapter = new SqliteAdapter({ file, busyTimeoutMs });
  const prisma = new SqliteClient({ adapter }) as unknown as PrismaClient;
  await prisma.$connect();
  const read = async <Row>(query: Prisma.Sql): Promise<Row[]> => adapter.read(query.sql, query.values.map(toSqlite)) as Row[];
  return { prisma, read };
}

/** Dates are ISO text in the form that the adapter writes; better-sqlite3 takes no booleans. */
function toSqlite(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace('Z', '+00:00');
  return typeof value === 'boolean' ? Number(value) : value;
}
