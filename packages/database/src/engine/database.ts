import type { PrismaClient } from '../generated/sqlserver/client.ts';
import * as Prisma from '../generated/sqlserver/internal/prismaNamespace.ts';
import type { DatabaseTarget, Engine } from './database-url.ts';
import { isTransient } from './errors.ts';
import { measured, type OnOperation, type PoolFigures } from './measured.ts';
import type { Observe } from './observed.ts';

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
  /** Runs a statement that changes something; returns how many rows it changed. */
  write(statement: Prisma.Sql): Promise<number>;
  /** The same for a statement with RETURNING or OUTPUT: see {@link returning}. */
  writeReturning<Row>(statement: Prisma.Sql): Promise<Row[]>;
}

/** The raw statements of a {@link Queryable}, which each engine runs in its own way. */
export type RawStatements = Pick<Queryable, 'read' | 'write' | 'writeReturning'>;

export interface OpenedEngine {
  prisma: PrismaClient;
  outside: RawStatements;
  inside: (tx: Transaction) => RawStatements;
  pool: () => PoolFigures;
}

export interface Database extends Queryable {
  readonly prisma: PrismaClient;
  /** Runs `work` in one transaction; starts over a few times after a deadlock, a lock timeout or a busy file. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /** The connections of this process, now. */
  pool(): PoolFigures;
  /** Names of the migrations that the database has now. */
  appliedMigrations(): Promise<string[]>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Connections of one process to SQL Server. */
  poolSize?: number;
  /** How long a request waits for a connection or for the write lock, in milliseconds. */
  waitTimeoutMs?: number;
  /** For measurements: must not throw. */
  onOperation?: OnOperation;
  /** Runs each statement: see {@link Observe}. */
  observe?: Observe | undefined;
}

/** The end of a SELECT that returns its first rows only. */
export function limit(engine: Engine, rows: number): Prisma.Sql {
  return engine === 'sqlite' ? Prisma.sql`LIMIT ${rows}` : Prisma.sql`OFFSET 0 ROWS FETCH NEXT ${rows} ROWS ONLY`;
}

/** After the name of a table: leaves rows out that an open transaction has locked. SQLite reads without waiting anyway. */
export function skipLocked(engine: Engine): Prisma.Sql {
  return engine === 'sqlite' ? Prisma.empty : Prisma.sql`WITH (READPAST)`;
}

/**
 * What a changing statement returns: SQL Server has it before WHERE or VALUES, SQLite at the end. Names of fields are in lower
 * case, because look-alikes of SQL Server return them so.
 * @param columns columns by the name of the field
 */
export function returning(engine: Engine, columns: Record<string, string>): { output: Prisma.Sql; returning: Prisma.Sql } {
  const list = (prefix: string) =>
    Object.entries(columns)
      .map(([name, column]) => `${prefix}${column} AS ${name}`)
      .join(', ');
  return engine === 'sqlite'
    ? { output: Prisma.empty, returning: Prisma.raw(`RETURNING ${list('')}`) }
    : { output: Prisma.raw(`OUTPUT ${list('INSERTED.')}`), returning: Prisma.empty };
}

const ATTEMPTS = 6;

/** The migrator makes this table, not a migration: on SQL Server it is named in a text, so that the statement compiles without it. */
const APPLIED: Record<Engine, Prisma.Sql> = {
  sqlite: Prisma.raw('SELECT m.Name AS name FROM SchemaMigrations m'),
  sqlserver: Prisma.raw("EXEC('SELECT m.Name AS name FROM SchemaMigrations m')"),
};

/** Connects to a database that is migrated already. Only the engine that is used is loaded. */
export async function openDatabase(target: DatabaseTarget, options: DatabaseOptions = {}): Promise<Database> {
  const waitTimeoutMs = options.waitTimeoutMs ?? 15_000;
  const onOperation = options.onOperation ?? (() => {});
  const opened: OpenedEngine =
    target.engine === 'sqlite'
      ? await (await import('./sqlite.ts')).openSqlite(target.file, waitTimeoutMs, onOperation, options.observe)
      : await (
          await import('./sqlserver.ts')
        ).openSqlServer(target.connectionString, options.poolSize ?? 20, waitTimeoutMs, onOperation, options.observe);
  const { prisma, outside, inside, pool } = opened;

  const transaction = async <T>(work: (tx: Queryable) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await measured(onOperation, 'transaction', () =>
          prisma.$transaction((tx) => work({ prisma: tx, engine: target.engine, ...inside(tx) }), {
            maxWait: waitTimeoutMs,
            timeout: waitTimeoutMs,
          }),
        );
      } catch (error) {
        if (attempt >= ATTEMPTS || !isTransient(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 5 * 2 ** attempt * (0.5 + Math.random())));
      }
    }
  };

  const appliedMigrations = async () => (await outside.read<{ name: string }>(APPLIED[target.engine])).map(({ name }) => name);
  return { prisma, engine: target.engine, ...outside, transaction, pool, appliedMigrations, close: () => prisma.$disconnect() };
}
