import { reportError } from '@assay/telemetry/errors';
import { inJob } from '@assay/telemetry/tracing';
import { toAppError } from '../http/problems.ts';
import type { Logger } from '../logger.ts';

/** One run of a job. */
export interface JobRun {
  job: string;
  /** Of the run itself. */
  requestId: string;
  /** Runs too often for a line each time. */
  quiet?: boolean;
}

/** Does it: one line in the log with its duration, one trace, a report when it fails. Never throws: false when it failed. */
export async function performJob(log: Logger, run: JobRun, work: () => Promise<void>): Promise<boolean> {
  const { job, requestId, quiet = false } = run;
  const begun = performance.now();
  const line = () => ({ job, requestId, durationMs: Math.round((performance.now() - begun) * 10) / 10 });
  const attributes = { 'assay.job': job, 'assay.request_id': requestId };
  const done = inJob({ name: `job ${job}`, attributes }, null, async () => {
    try {
      await work();
      log[quiet ? 'debug' : 'info'](line(), 'job done');
    } catch (error) {
      reportFailure(log, line(), error);
      throw error;
    }
  });
  return done.then(
    () => true,
    () => false, // it was logged
  );
}

/** A job that failed, or could not be begun. The database's being away is no fault of ours. */
export function reportFailure(log: Logger, line: { job: string; requestId?: string; orderId?: number }, error: unknown): void {
  log.error({ ...line, err: error }, 'a job failed');
  if (toAppError(error).code === 'INTERNAL') reportError(error, line);
}
