import type { PrismaClient } from '../generated/sqlserver/client.ts';
import * as Prisma from '../generated/sqlserver/internal/prismaNamespace.ts';
import type { DatabaseTarget, Engine } from './database-url.ts';
import { isTransient } from './errors.ts';
import { plain } from './plain.ts';

export { Prisma };
export type Transaction = Prisma.TransactionClient;

/** What a repository needs: typed access, and reads in SQL that is the same text on both engines but for {@link Database.limit}. */
export interface Queryable {
  readonly prisma: Transaction;
  readonly engine: Engine;
  /**
   * Rows of a SELECT, with numbers for whole numbers: select what may pass 2⁵³ as text. Outside a transaction the embedded
   * engine runs it as a prepared statement, without Prisma between.
   */
  read<Row>(query: Prisma.Sql): Promise<Row[]>;
}

export interface Database extends Queryable {
  readonly prisma: PrismaClient;
  /** Runs `work` in one transaction; starts over a few times when the engine gave up for reasons of timing. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Connections of one process to SQL Server. */
  poolSize?: number;
  /** How long a request waits for a connection or for the write lock, in milliseconds. */
  waitTimeoutMs?: number;
}

/** The end of a SELECT that wants its first rows only. */
export function limit(engine: Engine, rows: number): Prisma.Sql {
  return engine === 'sqlite' ? Prisma.sql`LIMIT ${rows}` : Prisma.sql`OFFSET 0 ROWS FETCH NEXT ${rows} ROWS ONLY`;
}

const ATTEMPTS = 6;

/** Connects to a database that is migrated already. Only the engine that is used is loaded. */
export async function openDatabase(target: DatabaseTarget, options: DatabaseOptions = {}): Promise<Database> {
  const waitTimeoutMs = options.waitTimeoutMs ?? 15_000;
  const opened =
    target.engine === 'sqlite'
      ? await (await import('./sqlite.ts')).openSqlite(target.file, waitTimeoutMs)
      : await (await import('./sqlserver.ts')).openSqlServer(target.connectionString, options.poolSize ?? 20, waitTimeoutMs);
  const { prisma, read } = opened;

  const transaction = async <T>(work: (tx: Queryable) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await prisma.$transaction(
          (tx) => work({ prisma: tx, engine: target.engine, read: async <Row>(query: Prisma.Sql) => plain(await tx.$queryRaw<Row[]>(query)) }),
          { maxWait: waitTimeoutMs, timeout: waitTimeoutMs },
        );
      } catch (error) {
        if (attempt >= ATTEMPTS || !isTransient(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 5 * 2 ** attempt * (0.5 + Math.random())));
      }
    }
  };

  return { prisma, engine: target.engine, read, transaction, close: () => prisma.$disconnect() };
}
