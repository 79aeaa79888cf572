import { PrismaMssql } from '@prisma/adapter-mssql';
import sql from 'mssql';
import { PrismaClient } from '../generated/sqlserver/client.ts';
import type * as Prisma from '../generated/sqlserver/internal/prismaNamespace.ts';
import type { OpenedEngine, RawStatements, Transaction } from './database.ts';
import { measureAdapter, type OnOperation } from './measured.ts';
import { observeAdapter, type Observe } from './observed.ts';
import { numbersOf } from './numbers-of.ts';
import { hasStatementSubscribers, publishStatement, withCallStacks } from './statement-channel.ts';

export async function openSqlServer(
  connectionString: string,
  poolSize: number,
  waitTimeoutMs: number,
  onOperation: OnOperation,
  observe?: Observe,
): Promise<OpenedEngine> {
  const config = sql.ConnectionPool.parseConnectionString(connectionString) as sql.config;
  const stock = new PrismaMssql({
    ...config,
    requestTimeout: waitTimeoutMs,
    pool: { max: poolSize, min: Math.min(2, poolSize), acquireTimeoutMillis: waitTimeoutMs, ...config.pool },
  });
  let pool: sql.ConnectionPool | undefined;
  const adapter = measureAdapter(stock, onOperation, (connected) => {
    pool = (connected as unknown as { underlyingDriver(): sql.ConnectionPool }).underlyingDriver();
  });
  if (observe) observeAdapter(adapter, observe);
  if (hasStatementSubscribers()) observeAdapter(adapter, publishStatement);
  const plainClient = new PrismaClient({ adapter });
  const prisma = hasStatementSubscribers() ? withCallStacks(plainClient) : plainClient;
  await prisma.$connect();
  const statements = (client: Transaction): RawStatements => ({
    read: async <Row>(query: Prisma.Sql) => numbersOf(await client.$queryRaw<Row[]>(query)),
    write: (statement) => client.$executeRaw(statement),
    writeReturning: async <Row>(statement: Prisma.Sql) => numbersOf(await client.$queryRaw<Row[]>(statement)),
  });
  return {
    prisma,
    outside: statements(prisma),
    inside: statements,
    pool: () => ({ used: pool?.borrowed ?? 0, idle: pool?.available ?? 0, waiting: pool?.pending ?? 0 }),
  };
}
