import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { PrismaClient } from '../generated/sqlserver/client.ts';
import type * as Prisma from '../generated/sqlserver/internal/prismaNamespace.ts';
import type { OpenedEngine, RawStatements } from './database.ts';
import { measureAdapter, measuredSync, type OnOperation } from './measured.ts';
import { observeAdapter, observedStatements, type Observe } from './observed.ts';
import { SqliteAdapter, type PreparedStatements } from './sqlite-adapter.ts';

/** The two generated clients are not assignable to each other; SQL Server's is the narrower, and everything is typed against it. */
export async function openSqlite(file: string, busyTimeoutMs: number, onOperation: OnOperation, observe?: Observe): Promise<OpenedEngine> {
  mkdirSync(path.dirname(file), { recursive: true });
  const { PrismaClient: SqliteClient } = await import('../generated/sqlite/client.ts');
  const adapter = measureAdapter(new SqliteAdapter({ file, busyTimeoutMs }), onOperation);
  if (observe) observeAdapter(adapter, observe);
  const prisma = new SqliteClient({ adapter }) as unknown as PrismaClient;
  await prisma.$connect();

  const rows = <Row>(connection: PreparedStatements, { sql, values }: Prisma.Sql) =>
    measuredSync(onOperation, 'query', () => connection.all(sql, values.map(toSqlite)) as Row[]);
  const writing: RawStatements = {
    read: async <Row>(query: Prisma.Sql) => rows<Row>(adapter.writer, query),
    write: async ({ sql, values }) => measuredSync(onOperation, 'execute', () => adapter.writer.run(sql, values.map(toSqlite))),
    writeReturning: async <Row>(statement: Prisma.Sql) => rows<Row>(adapter.writer, statement),
  };
  const outside: RawStatements = {
    read: async <Row>(query: Prisma.Sql) => rows<Row>(adapter.reader, query),
    write: (statement) => adapter.exclusively(() => writing.write(statement)),
    writeReturning: <Row>(statement: Prisma.Sql) => adapter.exclusively(() => writing.writeReturning<Row>(statement)),
  };
  // A transaction holds the writing connection alone, so its raw statements go straight to it while it is open. Once it has
  // timed out, the connection may belong to another transaction.
  const inside = (): RawStatements => {
    const own = adapter.openTransaction;
    const whileOpen =
      <Args extends unknown[], Result>(run: (...args: Args) => Promise<Result>) =>
      async (...args: Args): Promise<Result> => {
        if (adapter.openTransaction !== own) throw new Error('The transaction has ended already.');
        return run(...args);
      };
    return {
      read: whileOpen(writing.read) as RawStatements['read'],
      write: whileOpen(writing.write),
      writeReturning: whileOpen(writing.writeReturning) as RawStatements['writeReturning'],
    };
  };
  const pool = () => adapter.pool;
  // Raw statements go past Prisma's adapter.
  if (observe) return { prisma, outside: observedStatements(outside, observe), inside: () => observedStatements(inside(), observe), pool };
  return { prisma, outside, inside, pool };
}

/** Dates are ISO text in the form that the adapter writes; better-sqlite3 takes no booleans. */
function toSqlite(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace('Z', '+00:00');
  return typeof value === 'boolean' ? Number(value) : value;
}
