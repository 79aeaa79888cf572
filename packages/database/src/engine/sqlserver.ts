import { PrismaMssql } from '@prisma/adapter-mssql';
import sql from 'mssql';
import { PrismaClient } from '../generated/sqlserver/client.ts';
import type * as Prisma from '../generated/sqlserver/internal/prismaNamespace.ts';
import { plain } from './plain.ts';

export async function openSqlServer(connectionString: string, poolSize: number, waitTimeoutMs: number) {
  const config = sql.ConnectionPool.parseConnectionString(connectionString) as sql.config;
  const adapter = new PrismaMssql({
    ...config,
    requestTimeout: waitTimeoutMs,
    pool: { max: poolSize, min: Math.min(2, poolSize), acquireTimeoutMillis: waitTimeoutMs, ...config.pool },
  });
  const prisma = new PrismaClient({ adapter });
  await prisma.$connect();
  return { prisma, read: async <Row>(query: Prisma.Sql) => plain(await prisma.$queryRaw<Row[]>(query)) };
}
