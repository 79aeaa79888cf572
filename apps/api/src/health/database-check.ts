import { isBusy, storageFault, type Database } from '@assay/database';
import { DeadlineError, within } from '@assay/runtime';
import type { ApiProcess, Repositories } from '@assay/core';
import type { Details, Probe } from './probes.ts';

/**
 * How often the database is written to, and its migrations are looked at. After a failure each check does it again. It is less than the
 * 10 s after which a process looks at its own health, so that each such look writes.
 */
const WRITE_EVERY_MS = 9000;
/** A writer that waits for longer goes on alone: reads work, and changes wait as well. */
const WRITE_WAIT_MS = 500;

export interface DatabaseCheckParts {
  database: Pick<Database, 'engine' | 'appliedMigrations'>;
  repos: Pick<Repositories, 'maintenance' | 'outbox' | 'listingSearch'>;
  process: ApiProcess;
  /** Names of the migrations that this code needs. */
  migrations: () => readonly string[];
  details: () => Details;
  writeEveryMs?: number;
}

/**
 * Whether the database can be read and written, with the schema that this code needs. Reading alone would not notice a full disk, a
 * read-only file, or one that was moved away. A database that another process has locked is healthy: changes wait for it.
 */
export function databaseCheck({ writeEveryMs = WRITE_EVERY_MS, ...parts }: DatabaseCheckParts): Probe['check'] {
  const { database, repos, process, migrations, details } = parts;
  let reason: string | null = null;
  let lookedAt = -Infinity;
  let running: Promise<void> | null = null;

  const look = async () => {
    lookedAt = performance.now();
    try {
      await repos.maintenance.noteProcess(process, new Date());
      const applied = new Set(await database.appliedMigrations());
      const missing = migrations().filter((name) => !applied.has(name));
      reason = missing.length > 0 ? `migrations are missing: ${missing.join(', ')}` : null;
    } catch (error) {
      if (!isBusy(error)) reason = storageFault(error)?.reason ?? 'it takes no writes';
    }
  };
  return async () => {
    try {
      await repos.outbox.lastId();
      const search = await repos.listingSearch.engine();
      if (reason !== null || performance.now() - lookedAt >= writeEveryMs) running ??= look().finally(() => (running = null));
      if (running) await within(WRITE_WAIT_MS, running).catch(ignoreDeadline);
      return { ok: reason === null, details: { engine: database.engine, search, ...details(), ...(reason === null ? {} : { reason }) } };
    } catch (error) {
      const fault = storageFault(error);
      if (fault === null) throw error;
      return { ok: false, details: { reason: fault.reason } };
    }
  };
}

function ignoreDeadline(error: unknown): void {
  if (!(error instanceof DeadlineError)) throw error;
}
