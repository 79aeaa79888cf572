import type { Workers } from './workers.ts';

export interface GuardOptions {
  workers: Pick<Workers, 'silent'>;
  /** For how long another process may be silent, in milliseconds; 0 for ever. */
  silentMaxMs: number;
  /** How often the others are asked, in milliseconds. */
  everyMs?: number;
  onKill: (frozen: { app: string; worker: string; pid: number }) => void;
}

const EVERY_MS = 5000;
/** Longer than a watchdog takes, which leaves a line about why. */
const MARGIN_MS = 5000;

/** For how long a process may be silent whose watchdog ends it after that time, both in milliseconds; 0 for ever. */
export const silentMaxOf = (hangTimeoutMs: number): number => (hangTimeoutMs === 0 ? 0 : hangTimeoutMs + MARGIN_MS);

/**
 * Kills another process of this machine that has been silent for too long, so that PM2 replaces it. The watchdog of a process is inside
 * it, and does nothing when the whole process is stopped; PM2 sees only that it exists. Returns a function that ends the guard.
 */
export function guardOthers({ workers, silentMaxMs, everyMs = EVERY_MS, onKill }: GuardOptions): () => void {
  if (silentMaxMs === 0) return () => {};
  // Looks are counted, not the time between: after a sleep of the machine nothing was silent.
  const looks = Math.max(2, Math.ceil(silentMaxMs / everyMs));
  let silent = new Map<number, number>();
  let looking = false;
  const look = async () => {
    if (looking) return;
    looking = true;
    try {
      const found = await workers.silent();
      silent = new Map(found.map(({ pid }) => [pid, (silent.get(pid) ?? 0) + 1]));
      for (const frozen of found) if (silent.get(frozen.pid)! >= looks) kill(frozen);
    } finally {
      looking = false;
    }
  };
  const kill = (frozen: Parameters<typeof onKill>[0]) => {
    silent.delete(frozen.pid);
    onKill(frozen);
    try {
      process.kill(frozen.pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  };
  const timer = setInterval(() => void look().catch(() => {}), everyMs).unref();
  return () => clearInterval(timer);
}
