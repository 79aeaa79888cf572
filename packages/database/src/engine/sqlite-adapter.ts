import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory, SqlQuery, Transaction } from '@prisma/driver-adapter-utils';
import type BetterSqlite3 from 'better-sqlite3';
import { FairLock, untilFree } from './sqlite-waiting.ts';

type Connection = SqlDriverAdapter & { client: BetterSqlite3.Database };

export interface SqliteOptions {
  /** Absolute path of the database file. */
  file: string;
  /** How long a writer waits for another process, in milliseconds. */
  busyTimeoutMs?: number;
}

/**
 * Prisma driver adapter for the embedded database, on top of the stock one.
 *
 * The stock adapter has one connection per process and begins transactions with a plain BEGIN, so that queries of other
 * requests run inside whichever transaction is open, two processes that read and then write fail at once with
 * SQLITE_BUSY, and waiting blocks the event loop. Here reads have their own connection, writers queue for another one,
 * transactions begin IMMEDIATE, and waiting for another process is asynchronous.
 */
export class SqliteAdapter implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'sqlite' as const;
  readonly adapterName = '@prisma/adapter-better-sqlite3';
  readonly #options: SqliteOptions;
  #prepared: PreparedStatements | undefined;

  constructor(options: SqliteOptions) {
    this.#options = options;
  }

  /** Rows of a SELECT on the reading connection, without Prisma between; whole numbers arrive as numbers. Only after `connect()`. */
  read(sql: string, args: unknown[]): unknown[] {
    if (!this.#prepared) throw new Error('The database is not connected yet.');
    return this.#prepared.get(sql).all(args);
  }

  connectToShadowDb(): Promise<SqlDriverAdapter> {
    return this.#stock().connectToShadowDb();
  }

  async connect(): Promise<SqlDriverAdapter> {
    const reader = await this.#open();
    const writer = await this.#open();
    writer.client.pragma('busy_timeout = 0'); // never block the event loop: untilFree() waits instead
    const begin = writer.client.prepare('BEGIN IMMEDIATE');
    const rollback = writer.client.prepare('ROLLBACK');
    this.#prepared = new PreparedStatements(reader.client, (statement) => statement.safeIntegers(false));
    keepPreparedStatements(reader.client);
    keepPreparedStatements(writer.client);

    const lock = new FairLock();
    const timeoutMs = this.#options.busyTimeoutMs ?? 15_000;
    const write = async <T>(attempt: () => Promise<T>): Promise<T> => {
      const release = await lock.acquire();
      try {
        return await untilFree(attempt, timeoutMs);
      } finally {
        release();
      }
    };

    const startTransaction = async (isolationLevel?: string): Promise<Transaction> => {
      if (isolationLevel && isolationLevel !== 'SERIALIZABLE') throw new Error(`SQLite transactions are always SERIALIZABLE, not ${isolationLevel}.`);
      const release = await lock.acquire();
      try {
        await untilFree(() => void begin.run(), timeoutMs);
      } catch (error) {
        release();
        throw error;
      }
      const end = () => {
        if (writer.client.inTransaction) rollback.run();
        release();
        return Promise.resolve();
      };
      return {
        provider: 'sqlite',
        adapterName: writer.adapterName,
        options: { usePhantomQuery: false }, // Prisma sends COMMIT or ROLLBACK itself, then calls commit() or rollback()
        queryRaw: (query) => writer.queryRaw(query),
        executeRaw: (query) => writer.executeRaw(query),
        createSavepoint: async (name) => void (await writer.executeScript(`SAVEPOINT ${name}`)),
        rollbackToSavepoint: async (name) => void (await writer.executeScript(`ROLLBACK TO ${name}`)),
        releaseSavepoint: async (name) => void (await writer.executeScript(`RELEASE SAVEPOINT ${name}`)),
        commit: end,
        rollback: end,
      };
    };

    return {
      provider: 'sqlite',
      adapterName: this.adapterName,
      queryRaw: (query: SqlQuery) => (isRead(query.sql) ? reader.queryRaw(query) : write(() => writer.queryRaw(query))),
      executeRaw: (query: SqlQuery) => write(() => writer.executeRaw(query)),
      executeScript: (script: string) => write(() => writer.executeScript(script)),
      getConnectionInfo: () => ({ supportsRelationJoins: false, ...writer.getConnectionInfo?.() }),
      startTransaction,
      dispose: async () => {
        await reader.dispose();
        await writer.dispose();
      },
    };
  }

  #stock(): PrismaBetterSqlite3 {
    return new PrismaBetterSqlite3({ url: `file:${this.#options.file}`, timeout: 5000 }, { timestampFormat: 'iso8601' });
  }

  async #open(): Promise<Connection> {
    const connection = (await this.#stock().connect()) as Connection;
    connection.client.pragma('journal_mode = WAL');
    connection.client.pragma('synchronous = FULL'); // an acknowledged rating survives a power cut, not only a crash
    connection.client.pragma('foreign_keys = ON');
    return connection;
  }
}

const isRead = (sql: string) => /^\s*(SELECT|EXPLAIN)\b/i.test(sql);

/** Compiled statements by their text; Prisma sends the same texts again and again. */
class PreparedStatements {
  readonly #kept = new Map<string, BetterSqlite3.Statement>();
  readonly #prepare: (sql: string) => BetterSqlite3.Statement;
  readonly #max = 500;

  constructor(db: BetterSqlite3.Database, setUp: (statement: BetterSqlite3.Statement) => BetterSqlite3.Statement = (statement) => statement) {
    const prepare = db.prepare.bind(db);
    this.#prepare = (sql) => setUp(prepare(sql));
  }

  get(sql: string): BetterSqlite3.Statement {
    let statement = this.#kept.get(sql);
    if (!statement) {
      statement = this.#prepare(sql);
      if (this.#kept.size >= this.#max) this.#kept.delete(this.#kept.keys().next().value!);
      this.#kept.set(sql, statement);
    }
    return statement;
  }
}

function keepPreparedStatements(db: BetterSqlite3.Database): void {
  const prepared = new PreparedStatements(db);
  // The stock adapter uses exactly these methods of a statement.
  db.prepare = ((sql: string) => {
    const statement = prepared.get(sql);
    return {
      bind: (args: unknown[]) => ({
        reader: statement.reader,
        columns: () => statement.columns(),
        run: () => statement.run(args),
        raw: () => ({ all: () => statement.raw(true).all(args) }),
      }),
    };
  }) as unknown as typeof db.prepare;
}
