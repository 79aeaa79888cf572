import inspector from 'node:inspector';
import { Worker } from 'node:worker_threads';

export interface WatchdogOptions {
  /** How long the event loop may stand still, in milliseconds; 0 for ever. */
  hangTimeoutMs: number;
  /** The process's name in the line that is left behind. */
  name: string;
  /** Where PM2 keeps the process's errors; null where they go to standard error. */
  errorLog: string | null;
  /** Called when the watchdog's thread has failed: the process is no longer watched. */
  onLost: (error: Error) => void;
}

/** What the thread gets. */
export interface Watched {
  turns: Int32Array;
  hangTimeoutMs: number;
  everyMs: number;
  looks: number;
  name: string;
  errorLog: string | null;
}

/** How often in the time-out the thread looks. */
const LOOKS = 10;

/**
 * Kills the process when its event loop has not turned for `hangTimeoutMs`, so that a supervisor replaces it: a process that
 * hangs looks alive from outside, and keeps its share of the connections. A thread counts, because nothing else runs then.
 * A process that was started for a debugger stands still on purpose, and is not watched.
 */
export function startWatchdog({ hangTimeoutMs, name, errorLog, onLost }: WatchdogOptions): void {
  if (hangTimeoutMs === 0 || inspector.url() !== undefined) return;
  const turns = new Int32Array(new SharedArrayBuffer(4));
  const everyMs = hangTimeoutMs / LOOKS;
  const watched: Watched = { turns, hangTimeoutMs, everyMs, looks: LOOKS, name, errorLog };
  const thread = new Worker(new URL('./watchdog-thread.js', import.meta.url), {
    workerData: watched,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, codeRangeSizeMb: 16 },
  });
  thread.on('error', onLost);
  thread.unref();
  setInterval(() => void Atomics.add(turns, 0, 1), everyMs / 2).unref();
}
