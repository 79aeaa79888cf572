import { PrismaMssql } from '@prisma/adapter-mssql';
import sql from 'mssql';
import { PrismaClient } from '../generated/sqlserver/client.ts';
import type * as Prisma from '../generated/sqlserver/internal/prismaNamespace.ts';
import type { OpenedEngine, RawStatements, Transaction } from './database.ts';
import { observeAdapter, type Observe } from './observed.ts';
import { plain } from './plain.ts';

export async function openSqlServer(
  connectionString: string,
  poolSize: number,
  waitTimeoutMs: number,
  observe?: Observe,
): Promise<OpenedEngine> {
  const config = sql.ConnectionPool.parseConnectionString(connectionString) as sql.config;
  const adapter = new PrismaMssql({
    ...config,
    requestTimeout: waitTimeoutMs,
    pool: { max: poolSize, min: Math.min(2, poolSize), acquireTimeoutMillis: waitTimeoutMs, ...config.pool },
  });
  if (observe) observeAdapter(adapter, observe);
  const prisma = new PrismaClient({ adapter });
  await prisma.$connect();
  const statements = (client: Transaction): RawStatements => ({
    read: async <Row>(query: Prisma.Sql) => plain(await client.$queryRaw<Row[]>(query)),
    write: (statement) => client.$executeRaw(statement),
    writeReturning: async <Row>(statement: Prisma.Sql) => plain(await client.$queryRaw<Row[]>(statement)),
  });
  return { prisma, outside: statements(prisma), inside: statements };
}
