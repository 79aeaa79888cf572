import { runTask, type Container, type TaskEnd } from '@assay/api';
import type { TaskName } from '@assay/contract';
import { TASKS, type Context } from '@assay/core';

/** What a worker of the product waits for a heartbeat of another one. */
const LEASE_MS = 60_000;

export interface TaskRun {
  /** The clock of the worker is that much ahead. */
  laterMs?: number;
  /** Names the process. */
  holder?: string;
  /** Interrupts the attempt. */
  stop?: AbortSignal;
  /** The process has ended: it stores no outcome. */
  killed?: AbortSignal;
  /** The context that the task gets, in place of the container's. */
  context?: (ctx: Context) => Context;
}

let serial = 0;

/** Claims the task of that name that is due for longest and runs one attempt, as a worker of a process of its own does. Null when none is due. */
export async function runNextTask(container: Container, name: TaskName, run: TaskRun = {}): Promise<TaskEnd | null> {
  const { laterMs = 0, holder = `test-${++serial}`, context = (ctx) => ctx, killed } = run;
  const stop = run.stop ?? killed ?? new AbortController().signal;
  const now = () => new Date(Date.now() + laterMs);
  const { tasks } = container.repos;
  const [task] = await tasks.claim(holder, new Map([[name, 1]]), now(), new Date(now().getTime() + LEASE_MS));
  if (!task) return null;
  const settle: typeof tasks.settle = (...end) => (killed?.aborted ? Promise.reject(new Error('killed')) : tasks.settle(...end));
  const parts = {
    tasks: { ...tasks, settle },
    handlers: TASKS,
    log: container.log,
    now,
    leaseMs: LEASE_MS,
    contextOf: (of: TaskName, requestId: string) =>
      context(container.context({ kind: 'system', name: `task ${of}` }, requestId, undefined, now)),
    ended: () => {},
  };
  return runTask(parts, task, stop);
}

/** Runs tasks of that name until none is due. */
export async function runTasks(container: Container, name: TaskName, run: TaskRun = {}): Promise<TaskEnd[]> {
  const ends: TaskEnd[] = [];
  for (let end; (end = await runNextTask(container, name, run));) ends.push(end);
  return ends;
}
