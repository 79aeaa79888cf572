import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';

const RETRY_MS = 100;

interface Waiting {
  /** Called once when the wait takes this long. */
  sayAfterMs: number;
  say: () => void;
  maxMs: number;
}

/**
 * Runs `work` in one process of this machine at a time. The lock is SQLite's on an empty file: the system releases it with its process,
 * so that no process has to judge whether another one is still alive.
 * @throws LockTimeout when another process holds the lock for too long; Error if the file cannot be written
 */
export async function alone<T>(lockFile: string, { sayAfterMs, say, maxMs }: Waiting, work: () => Promise<T>): Promise<T> {
  const lock = new Database(lockFile, { timeout: 0 });
  try {
    const from = performance.now();
    let said = false;
    while (!isTaken(lock)) {
      const waitedMs = performance.now() - from;
      if (waitedMs > maxMs) throw new LockTimeout();
      if (!said && waitedMs > sayAfterMs) {
        said = true;
        say();
      }
      await sleep(RETRY_MS);
    }
    return await work();
  } finally {
    lock.close();
  }
}

/** Another process has held the lock for too long. */
export class LockTimeout extends Error {}

function isTaken(lock: Database.Database): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return false;
    throw error;
  }
}
