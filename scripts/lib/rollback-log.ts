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
  /** failed: the previous state was restored automatically. started: it did not end, such as a command that was killed. */
  status: 'started' | 'completed' | 'failed';
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
 * Runs `work` and appends a line when it begins and one when it ends, also when it fails. The result of `work` is part of the second.
 * @throws the error of `work`
 */
export async function logged(
  entry: Pick<LogEntry, 'phase' | 'operation' | 'from' | 'to' | 'reason'>,
  work: () => Promise<Pick<LogEntry, 'backup' | 'database'> | void>,
): Promise<void> {
  const initiatedAt = new Date().toISOString();
  const append = (more: Pick<LogEntry, 'status' | 'backup' | 'database' | 'error'>) =>
    appendLine({ ...entry, by: userInfo().username, initiatedAt, completedAt: new Date().toISOString(), ...more });
  append({ status: 'started' });
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

/** All releases and rollbacks, oldest first; of one that ended, how it ended. */
export const readLog = (): LogEntry[] => (existsSync(FILE) ? entriesOf(readFileSync(FILE, 'utf8')) : []);

/** The entries of a log. A line that was cut off by a crash is skipped. */
export function entriesOf(text: string): LogEntry[] {
  const lines = text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as LogEntry];
    } catch {
      return [];
    }
  });
  const key = ({ phase, operation, initiatedAt }: LogEntry) => `${phase} ${operation} ${initiatedAt}`;
  const ended = new Set(lines.filter(({ status }) => status !== 'started').map(key));
  return lines.filter((line) => line.status !== 'started' || !ended.has(key(line)));
}
