import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory, SqlQuery, Transaction } from '@prisma/driver-adapter-utils';
import type BetterSqlite3 from 'better-sqlite3';
import { statSync } from 'node:fs';
import { LRUCache } from 'lru-cache';
import { DatabaseFileError, sqliteCodeOf } from './errors.ts';
import type { PoolFigures } from './measured.ts';
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
  readonly #lock = new FairLock();
  #opened: Opened | undefined;
  /** An error after which only another connection writes: the file was read-only, or could not be written, when it was opened. */
  #broken = false;
  #transaction = 0;

  constructor(options: SqliteOptions) {
    this.#options = options;
  }

  /** Statements on the connection that reads outside transactions, without Prisma between. Only after `connect()`. */
  get reader(): PreparedStatements {
    return this.#connections.plainReader;
  }

  /** The same on the connection that writes: inside a transaction, or within {@link exclusively}. */
  get writer(): PreparedStatements {
    return this.#connections.plainWriter;
  }

  /** The number of the open transaction, another one for each; 0 when there is none. */
  get openTransaction(): number {
    return this.#transaction > 0 ? this.#transaction : 0;
  }

  /** The connection that writes, and the writers of this process that wait for it. */
  get pool(): PoolFigures {
    const used = this.#lock.queued > 0 ? 1 : 0;
    return { used, idle: 1 - used, waiting: Math.max(0, this.#lock.queued - 1) };
  }

  /** Runs one statement outside transactions while no other one writes, in this process or another. */
  async exclusively<T>(attempt: () => Promise<T>): Promise<T> {
    const release = await this.#lock.acquire();
    try {
      await this.#makeReady();
      return await untilFree(attempt, this.#timeoutMs).catch(this.#note);
    } finally {
      release();
    }
  }

  connectToShadowDb(): Promise<SqlDriverAdapter> {
    return this.#stock().connectToShadowDb();
  }

  async connect(): Promise<SqlDriverAdapter> {
    this.#opened = await this.#openBoth();
    const write = <T>(attempt: () => Promise<T>) => this.exclusively(attempt);
    return {
      provider: 'sqlite',
      adapterName: this.adapterName,
      queryRaw: (query: SqlQuery) =>
        isRead(query.sql) ? this.#connections.reader.queryRaw(query) : write(() => this.#connections.writer.queryRaw(query)),
      executeRaw: (query: SqlQuery) => write(() => this.#connections.writer.executeRaw(query)),
      executeScript: (script: string) => write(() => this.#connections.writer.executeScript(script)),
      getConnectionInfo: () => ({ supportsRelationJoins: false, ...this.#connections.writer.getConnectionInfo?.() }),
      startTransaction: (isolationLevel) => this.#startTransaction(isolationLevel),
      dispose: () => dispose(this.#connections),
    };
  }

  async #startTransaction(isolationLevel?: string): Promise<Transaction> {
    if (isolationLevel && isolationLevel !== 'SERIALIZABLE')
      throw new Error(`SQLite transactions are always SERIALIZABLE, not ${isolationLevel}.`);
    const release = await this.#lock.acquire();
    try {
      await this.#makeReady();
      await untilFree(() => void this.#connections.begin.run(), this.#timeoutMs).catch(this.#note);
    } catch (error) {
      release();
      throw error;
    }
    const { writer, rollback } = this.#connections;
    this.#transaction = Math.abs(this.#transaction) + 1;
    const end = () => {
      this.#transaction = -Math.abs(this.#transaction);
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
      createSavepoint: async (name) => await writer.executeScript(`SAVEPOINT ${name}`),
      rollbackToSavepoint: async (name) => await writer.executeScript(`ROLLBACK TO ${name}`),
      releaseSavepoint: async (name) => await writer.executeScript(`RELEASE SAVEPOINT ${name}`),
      commit: end,
      rollback: end,
    };
  }

  /**
   * Checks before a write that the path still leads to the open file: what is written into a deleted or moved file is lost. Opens the file
   * again if another one is there now, or if this one may have been repaired. The caller holds the lock.
   * @throws DatabaseFileError if there is no file
   */
  async #makeReady(): Promise<void> {
    const inode = inodeOf(this.#options.file);
    if (inode === null) throw new DatabaseFileError(this.#options.file);
    if (inode === this.#connections.inode && !this.#broken) return;
    const before = this.#connections;
    this.#opened = await this.#openBoth();
    this.#broken = false;
    await dispose(before);
  }

  /** Remembers an error after which the file is opened again. */
  readonly #note = (error: unknown): never => {
    this.#broken ||= /^SQLITE_(READONLY|IOERR|CANTOPEN|NOTADB)/.test(sqliteCodeOf(error) ?? '');
    throw error;
  };

  get #connections(): Opened {
    if (!this.#opened) throw new Error('The database is not connected yet.');
    return this.#opened;
  }

  async #openBoth(): Promise<Opened> {
    const reader = await this.#open();
    const writer = await this.#open();
    writer.client.pragma('busy_timeout = 0'); // never block the event loop: untilFree() waits instead
    const begin = writer.client.prepare('BEGIN IMMEDIATE');
    const rollback = writer.client.prepare('ROLLBACK');
    const plainNumbers = (statement: BetterSqlite3.Statement) => statement.safeIntegers(false);
    const plainReader = new PreparedStatements(reader.client, plainNumbers);
    const plainWriter = new PreparedStatements(writer.client, plainNumbers);
    keepPreparedStatements(reader.client);
    keepPreparedStatements(writer.client);
    return { reader, writer, plainReader, plainWriter, begin, rollback, inode: inodeOf(this.#options.file) };
  }

  get #timeoutMs(): number {
    return this.#options.busyTimeoutMs ?? 15_000;
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

/** The connections to one file. */
interface Opened {
  reader: Connection;
  writer: Connection;
  plainReader: PreparedStatements;
  plainWriter: PreparedStatements;
  begin: BetterSqlite3.Statement;
  rollback: BetterSqlite3.Statement;
  inode: string | null;
}

async function dispose({ reader, writer }: Opened): Promise<void> {
  await reader.dispose();
  await writer.dispose();
}

/** Which file a path leads to; null if none. */
function inodeOf(file: string): string | null {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}` : null;
}

const isRead = (sql: string) => /^\s*(SELECT|EXPLAIN)\b/i.test(sql);

/** Compiled statements by their text; Prisma and the repositories send the same texts repeatedly. */
export class PreparedStatements {
  readonly #prepared = new LRUCache<string, BetterSqlite3.Statement>({ max: 500 });
  readonly #prepare: (sql: string) => BetterSqlite3.Statement;

  constructor(
    db: BetterSqlite3.Database,
    setUp: (statement: BetterSqlite3.Statement) => BetterSqlite3.Statement = (statement) => statement,
  ) {
    const prepare = db.prepare.bind(db);
    this.#prepare = (sql) => setUp(prepare(sql));
  }

  get(sql: string): BetterSqlite3.Statement {
    let statement = this.#prepared.get(sql);
    if (!statement) {
      statement = this.#prepare(sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }

  all(sql: string, args: unknown[]): unknown[] {
    return this.get(sql).all(args);
  }

  /** How many rows were changed. */
  run(sql: string, args: unknown[]): number {
    return this.get(sql).run(args).changes;
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
