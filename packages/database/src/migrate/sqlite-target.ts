import Database from 'better-sqlite3';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { untilFree } from '../engine/sqlite-waiting.ts';
import {
  describeProcess,
  LOCK_WAIT_MS,
  MigrationLockedError,
  PROCESS_ALIVE_MS,
  RestoreError,
  type Bookkeeping,
  type MigrationTarget,
} from './target.ts';

const INIT = `CREATE TABLE IF NOT EXISTS SchemaMigrations (
  Name TEXT NOT NULL PRIMARY KEY,
  Checksum TEXT NOT NULL,
  AppliedAt DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))
)`;

/** A backup in steps restarts with each write of another connection: under load it would never end. */
const IN_ONE_STEP = () => 0x7fffffff;

/** @throws RestoreError where the file is not a sound database of the product */
function openBackup(file: string): Database.Database {
  const refuse = (why: string) => new RestoreError(`${file} ${why}. Nothing was changed.`);
  if (!existsSync(file)) throw refuse('is not there');
  const backup = new Database(file, { readonly: true });
  try {
    const faults = backup.pragma('integrity_check(1)', { simple: true });
    if (faults !== 'ok') throw refuse(`is damaged (${String(faults)})`);
    if (!backup.prepare("SELECT 1 FROM sqlite_master WHERE name = 'SchemaMigrations'").get()) throw refuse('is no backup of this product');
    return backup;
  } catch (error) {
    backup.close();
    throw error instanceof RestoreError ? error : refuse(`cannot be read (${(error as Error).message})`);
  }
}

export async function sqliteTarget(file: string): Promise<MigrationTarget> {
  mkdirSync(path.dirname(file), { recursive: true });
  const db = new Database(file, { timeout: 15_000 });
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(INIT);

  const keep = (bookkeeping: Bookkeeping) => {
    if ('add' in bookkeeping)
      db.prepare('INSERT OR REPLACE INTO SchemaMigrations (Name, Checksum) VALUES (?, ?)').run(
        bookkeeping.add.name,
        bookkeeping.add.checksum,
      );
    else db.prepare('DELETE FROM SchemaMigrations WHERE Name = ?').run(bookkeeping.remove);
  };

  return {
    async applied() {
      const rows = db.prepare('SELECT Name, Checksum, AppliedAt FROM SchemaMigrations ORDER BY Name').all() as {
        Name: string;
        Checksum: string;
        AppliedAt: string;
      }[];
      return rows.map((row) => ({ name: row.Name, checksum: row.Checksum, appliedAt: new Date(row.AppliedAt) }));
    },

    async run(script, bookkeeping) {
      db.pragma('foreign_keys = OFF'); // scripts rebuild tables; SQLite ignores this inside a transaction
      try {
        db.transaction(() => {
          db.exec(script);
          const broken = db.pragma('foreign_key_check') as unknown[];
          if (broken.length > 0) throw new Error(`${broken.length} rows would point at nothing (foreign keys).`);
          keep(bookkeeping);
        }).immediate();
      } finally {
        db.pragma('foreign_keys = ON');
      }
    },

    async record(bookkeeping) {
      keep(bookkeeping);
    },

    present: () => Promise.resolve(null),

    async countRows(place) {
      const [table, column] = place.split('.') as [string, string?];
      if (!db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(table)) return 0;
      if (column === undefined) return db.prepare(`SELECT COUNT(*) FROM "${table}"`).pluck().get() as number;
      if (!db.prepare('SELECT 1 FROM pragma_table_info(?) WHERE name = ?').get(table, column)) return 0;
      return db.prepare(`SELECT COUNT(*) FROM "${table}" WHERE "${column}" IS NOT NULL`).pluck().get() as number;
    },

    async runningProcesses() {
      if (!db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'JobLeases'").get()) return [];
      const since = new Date(Date.now() - PROCESS_ALIVE_MS).toISOString().replace('Z', '+00:00');
      const rows = db.prepare("SELECT Name AS name, Holder AS what FROM JobLeases WHERE Name LIKE 'api %' AND NextRunAt > ?").all(since);
      return (rows as { name: string; what: string | null }[]).map(describeProcess);
    },

    async backup() {
      const dir = path.join(path.dirname(file), 'backups');
      mkdirSync(dir, { recursive: true });
      const copy = path.join(dir, `${path.basename(file, '.db')}-${new Date().toISOString().replace(/[:.]/g, '-')}.db`);
      await db.backup(copy, { progress: IN_ONE_STEP });
      const written = new Database(copy);
      written.pragma('journal_mode = DELETE'); // a file that stands alone
      written.close();
      return path.relative(process.cwd(), copy);
    },

    async checkBackup(backup) {
      openBackup(backup).close();
    },

    async restore(backup) {
      const source = openBackup(backup);
      try {
        // Page by page through SQLite, in one transaction: open connections see all of it or nothing.
        await source.backup(file, { progress: IN_ONE_STEP });
      } finally {
        source.close();
      }
    },

    async exclusively(work, onWait) {
      // A transaction on a file of its own: the system lets go of it when the process dies, so no lock is ever left behind.
      const lock = new Database(`${file}.migrating`, { timeout: 0 });
      let waited = false;
      const attempt = () => {
        try {
          lock.exec('BEGIN EXCLUSIVE');
        } catch (error) {
          if (!waited) onWait();
          waited = true;
          throw error;
        }
      };
      try {
        await untilFree(attempt, LOCK_WAIT_MS).catch((error: Error & { code?: string }) => {
          throw error.code?.startsWith('SQLITE_BUSY') ? new MigrationLockedError() : error;
        });
        return await work();
      } finally {
        lock.close();
      }
    },

    async close() {
      db.close();
    },
  };
}
