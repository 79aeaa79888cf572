import { reportError } from '@assay/telemetry/errors';
import { inJob } from '@assay/telemetry/tracing';
import { toAppError } from '../http/problems.ts';
import type { Logger } from '../logger.ts';

/** One run of a job. */
export interface JobRun {
  job: string;
  /** Of the request that asked for it; of the run itself when the clock did. */
  requestId: string;
  /** Where there is a row about it. */
  runId?: number;
  /** Where that request is traced; null when it is not, or when it was the clock. */
  cause?: string | null;
  /** Runs too often for a line each time. */
  quiet?: boolean;
}

/** Does it: one line in the log with its duration, one trace that is linked to what caused it, a report when it fails. Never throws. */
export async function performJob(log: Logger, run: JobRun, work: () => Promise<void>): Promise<void> {
  const { job, requestId, runId, cause = null, quiet = false } = run;
  const begun = performance.now();
  const line = () => ({ job, runId, requestId, durationMs: Math.round((performance.now() - begun) * 10) / 10 });
  const attributes = { 'assay.job': job, 'assay.request_id': requestId, ...(runId === undefined ? {} : { 'assay.run_id': runId }) };
  const done = inJob({ name: `job ${job}`, attributes }, cause, async () => {
    try {
      await work();
      log[quiet ? 'debug' : 'info'](line(), 'job done');
    } catch (error) {
      tellFailure(log, line(), error);
      throw error;
    }
  });
  await done.catch(() => {}); // it was told
}

/** A job that failed, or could not be begun. The database's being away is no fault of ours. */
export function tellFailure(log: Logger, line: { job: string; runId?: number | undefined; requestId?: string }, error: unknown): void {
  log.error({ ...line, err: error }, 'a job failed');
  if (toAppError(error).code === 'INTERNAL') reportError(error, line);
}
