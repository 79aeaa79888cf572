import { LeaseLost, type ClaimedTask, type Tx } from '@assay/core';
import type { TaskParts } from './run-task.ts';

/** The claim of one attempt, extended by heartbeats until it ends. */
export interface Lease {
  /** Aborted when another process has claimed the task, or may have: heartbeats did not arrive for as long as the lease lasts. */
  readonly lost: AbortSignal;
  /** See `TaskAttempt.hold`. */
  hold(tx?: Pick<Tx, 'repos'>): Promise<void>;
  end(): void;
}

export function keepLease({ tasks, log, now, leaseMs }: TaskParts, task: ClaimedTask): Lease {
  const lost = new AbortController();
  let until = performance.now() + leaseMs;
  let beating = false;
  const lose = () => lost.abort(new LeaseLost('The lease of the task has run out.'));
  const extend = async (tx?: Pick<Tx, 'repos'>): Promise<void> => {
    const from = performance.now();
    if (!(await (tx?.repos.tasks ?? tasks).heartbeat(task, new Date(now().getTime() + leaseMs)))) lose();
    else if (!tx) until = from + leaseMs; // what a change extends counts when it is committed
  };
  const beat = async () => {
    if (performance.now() >= until) lose();
    if (beating || lost.signal.aborted) return;
    beating = true;
    try {
      await extend();
    } catch (error) {
      log.warn({ task: task.name, taskId: task.id, err: error }, 'the lease of a task could not be extended');
    } finally {
      beating = false;
    }
  };
  const timer = setInterval(() => void beat(), leaseMs / 4);
  return {
    lost: lost.signal,
    async hold(tx) {
      if (!lost.signal.aborted) await extend(tx);
      lost.signal.throwIfAborted();
    },
    end: () => clearInterval(timer),
  };
}
