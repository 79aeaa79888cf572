import type { ErrorReportSettings } from './settings.ts';

/** Where an unexpected error happened: no personal data, and no input but the request's id. */
export interface Circumstances {
  requestId?: string | undefined;
  /** "POST /api/v1/ratings" */
  endpoint?: string | undefined;
  job?: string | undefined;
  task?: string | undefined;
  taskId?: number | undefined;
}

export interface Reporter {
  report(error: unknown, circumstances: Circumstances, level: 'error' | 'fatal'): void;
  flush(timeoutMs: number): Promise<void>;
}

const FLUSH_MS = 2000;
let reporter: Reporter | null = null;

/**
 * Begins to report unexpected errors to Sentry, or to what speaks its protocol; without settings nothing is loaded.
 * @param warn called at most once a minute while reports are not accepted
 */
export async function startErrorReports(settings: ErrorReportSettings | null, warn: (reason: string) => void): Promise<void> {
  if (settings) reporter = (await import('./sentry.ts')).openReporter(settings, warn);
}

/** Reports an unexpected error, never a refusal. Returns at once. */
export function reportError(error: unknown, circumstances: Circumstances = {}, level: 'error' | 'fatal' = 'error'): void {
  reporter?.report(error, circumstances, level);
}

/** Waits, for at most two seconds, until what was reported is sent. */
export async function flushErrors(): Promise<void> {
  await reporter?.flush(FLUSH_MS);
}

/**
 * Crash the request, not the system; but a process in an unknown state must not go on: it logs why, and ends.
 * @param exit ends the process when its log is written
 */
export function endOnUncaught(log: { fatal(line: { err: unknown }, msg: string): void }, exit: (code: number) => void): void {
  const end = async (error: unknown) => {
    log.fatal({ err: error }, 'uncaught');
    reportError(error, {}, 'fatal');
    await flushErrors();
    exit(1);
  };
  let ending = false;
  process.on('uncaughtException', (error) => {
    if (ending) return; // what fails while it ends is no news
    ending = true;
    void end(error);
  });
}
