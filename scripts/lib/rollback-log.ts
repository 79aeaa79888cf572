import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { HOME } from '@assay/runtime';

/** A line of the log: a release or a rollback. */
export interface LogEntry {
  phase: 'api' | 'web' | 'database';
  operation: 'release' | 'rollback' | 'restore';
  /** A release, null for the checkout; for the database its newest migration, null for none. */
  from: string | null;
  to: string | null;
  /** failed: the previous state was restored automatically. */
  status: 'completed' | 'failed';
  reason: string | null;
  /** User name of the operator. */
  by: string;
  /** ISO 8601. */
  initiatedAt: string;
  completedAt: string;
  /** The database that was restored, without its password. */
  database?: string;
  /** Path of the backup that was written first. */
  backup?: string;
  error?: string;
}

const FILE = path.join(HOME, 'data', 'rollback-log.jsonl');

/**
 * Runs `work` and appends a line about it, also when it fails. The result of `work` is part of the line.
 * @throws the error of `work`
 */
export async function logged(
  entry: Pick<LogEntry, 'phase' | 'operation' | 'from' | 'to' | 'reason'>,
  work: () => Promise<Pick<LogEntry, 'backup' | 'database'> | void>,
): Promise<void> {
  const initiatedAt = new Date().toISOString();
  const append = (more: Pick<LogEntry, 'status' | 'backup' | 'database' | 'error'>) =>
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

/** All lines, oldest first. A line that was cut off by a crash is skipped. */
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
