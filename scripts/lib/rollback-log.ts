import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { HOME } from '@assay/runtime';

/** A line of the log: something that was put in front of people, or taken back. */
export interface LogEntry {
  phase: 'api' | 'web' | 'database';
  operation: 'release' | 'rollback' | 'restore';
  /** A release, null for the checkout; of the database the newest migration, null for none. */
  from: string | null;
  to: string | null;
  /** failed: it was taken back by itself. */
  status: 'completed' | 'failed';
  reason: string | null;
  /** Who ran the command, as the system calls them. */
  by: string;
  /** ISO 8601. */
  initiatedAt: string;
  completedAt: string;
  /** Where the backup is that was written first. */
  backup?: string;
  error?: string;
}

const FILE = path.join(HOME, 'data', 'rollback-log.jsonl');

/**
 * Runs `work` and appends a line about it, whichever way it ends. What `work` answers goes into the line.
 * @throws what `work` throws
 */
export async function logged(
  entry: Pick<LogEntry, 'phase' | 'operation' | 'from' | 'to' | 'reason'>,
  work: () => Promise<Pick<LogEntry, 'backup'> | void>,
): Promise<void> {
  const initiatedAt = new Date().toISOString();
  const append = (more: Pick<LogEntry, 'status' | 'backup' | 'error'>) =>
    appendLine({ ...entry, by: userInfo().username, initiatedAt, completedAt: new Date().toISOString(), ...more });
  try {
    const answer = await work();
    append({ status: 'completed', ...answer });
  } catch (error) {
    append({ status: 'failed', error: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}

function appendLine(entry: LogEntry): void {
  mkdirSync(path.dirname(FILE), { recursive: true });
  const file = openSync(FILE, 'a', 0o600);
  writeSync(file, `${JSON.stringify(entry)}\n`);
  fsyncSync(file);
  closeSync(file);
}

/** All lines, the oldest first. One that was cut off by a crash is passed over. */
export function readLog(): LogEntry[] {
  if (!existsSync(FILE)) return [];
  return readFileSync(FILE, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as LogEntry];
      } catch {
        return [];
      }
    });
}
