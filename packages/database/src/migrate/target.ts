export interface AppliedMigration {
  name: string;
  checksum: string;
  appliedAt: Date;
}

/** What a run changes in the list of applied migrations, in the same transaction as the run itself. */
export type Bookkeeping = { add: { name: string; checksum: string } } | { remove: string };

/** All that the migrator needs to know of a database. */
export interface MigrationTarget {
  applied(): Promise<AppliedMigration[]>;
  /** Runs a script and its bookkeeping in one transaction: all of it or nothing, unless {@link isWithoutTransaction} on SQL Server. */
  run(script: string, bookkeeping: Bookkeeping): Promise<void>;
  /** Bookkeeping alone. */
  record(bookkeeping: Bookkeeping): Promise<void>;
  /**
   * Which of the tables and columns (`Table.Column`) are there. Null on an engine where a script that was run by hand may have stopped
   * halfway, so that this says nothing of it.
   */
  present(places: readonly string[]): Promise<string[] | null>;
  /** @param place a table, or `Table.Column`: the rows that have a value there; 0 where there is no such table or column */
  countRows(place: string): Promise<number>;
  /** Processes of the API that use the database, each in words. */
  runningProcesses(): Promise<string[]>;
  /** Writes a backup while others may write, and returns where it is. */
  backup(): Promise<string>;
  /** @throws RestoreError where the file is no sound backup */
  checkBackup(file: string): Promise<void>;
  /**
   * Puts a backup in the place of all that is there.
   * @throws RestoreError where the file is no sound backup, or the engine's own tools must do it
   */
  restore(file: string): Promise<void>;
  /** Runs `work` while no other runner can; waits for one that is at work. The lock ends with the process, however it ends. */
  exclusively<T>(work: () => Promise<T>, onWait: () => void): Promise<T>;
  close(): Promise<void>;
}

/**
 * Does a script say that it cannot run in a transaction (`-- no transaction: why`)? Such a one does one thing that can be done
 * again: when it fails, what it had done stays, and it is run again.
 */
export const isWithoutTransaction = (script: string): boolean => /^-- no transaction\b/m.test(script);

/** Nothing was put back; the message says why, or what to do instead. */
export class RestoreError extends Error {
  override readonly name = 'RestoreError';
}

/** A process that has not written for so long has ended: each one writes every ten seconds. */
export const PROCESS_ALIVE_MS = 45_000;

/** A row of JobLeases, which the API writes for itself, in words. */
export const describeProcess = ({ name, what }: { name: string; what: string | null }): string =>
  `${name.replace(/^api /, '').replace(/:\w+$/, '').replace(':', ', process ')} (${what ?? 'unknown'})`;

export const LOCK_WAIT_MS = 60_000;

export class MigrationLockedError extends Error {
  override readonly name = 'MigrationLockedError';
  constructor() {
    super(`Another runner has been migrating this database for more than ${LOCK_WAIT_MS / 1000} seconds.`);
  }
}
