import { TASK_NAMES, type TaskName } from '@assay/contract';
import type { ClaimedTask } from '@assay/core';
import { detached } from '@assay/telemetry/tracing';
import { atMost, sleep } from '../at-most.ts';
import { runTask, type TaskParts } from './run-task.ts';

/** How often tasks of other processes are looked for, and those that were not due before. */
const POLL_MS = 1000;
/** Clocks of processes may differ by 45 s: then a heartbeat, each 15 s, still arrives in time. */
const LEASE_MS = 60_000;
const PERFORM_POLL_MS = 50;
/** A task that does not come to a safe place in this time is left to its lease. Less than PM2's kill_timeout, see pm2-config.ts. */
const STOP_MS = 10_000;

export interface WorkerParts extends Omit<TaskParts, 'leaseMs' | 'now'> {
  /** Names the process. */
  holder: string;
  leaseMs?: number;
  now?: () => Date;
}

/**
 * Claims tasks and runs them: each by one process at a time, again after a crash or a failure, until it is done or dead.
 * A worker that was not started runs only what it is asked to perform.
 */
export interface Worker {
  start(): void;
  /** Tasks were committed: looks for them at once. */
  wake(): void;
  /** See `Context.perform`. */
  perform(key: string, maxMs: number): Promise<void>;
  /**
   * Claims nothing any more and interrupts what runs; resolves when it has come to a safe place, or after {@link STOP_MS}. A second call
   * waits for the first one's end.
   */
  stop(): Promise<void>;
}

export function createWorker({ holder, leaseMs = LEASE_MS, now = () => new Date(), ...rest }: WorkerParts): Worker {
  const parts: TaskParts = { ...rest, leaseMs, now };
  const { tasks, handlers, log } = parts;
  const stopping = new AbortController();
  const counts = new Map<TaskName, number>();
  /** By the key of the task. */
  const runs = new Map<string, Promise<void>>();
  let started = false;
  let failing = false;
  let claiming: Promise<void> | null = null;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let stopped: Promise<void> | null = null;

  const countOf = (name: TaskName) => counts.get(name) ?? 0;
  const leaseUntil = () => new Date(now().getTime() + leaseMs);
  const begin = (task: ClaimedTask): void => {
    const name = task.name as TaskName;
    counts.set(name, countOf(name) + 1);
    const attempt = async () => {
      try {
        await runTask(parts, task, stopping.signal);
      } catch (error) {
        log.error({ task: name, taskId: task.id, err: error }, 'the outcome of a task was not stored');
      }
      counts.set(name, countOf(name) - 1);
      if (runs.get(task.key) === run) runs.delete(task.key);
      wake();
    };
    const run: Promise<void> = attempt();
    runs.set(task.key, run);
  };

  const claimAll = async () => {
    while (!stopping.signal.aborted) {
      const slots = new Map(TASK_NAMES.map((name) => [name, handlers[name].concurrency - countOf(name)] as const).filter(([, n]) => n > 0));
      const claimed = await tasks.claim(holder, slots, now(), leaseUntil());
      if (claimed.length === 0) break;
      claimed.forEach(begin);
    }
    failing = false;
  };
  const wake = (): void => {
    if (!started || stopping.signal.aborted) return;
    if (claiming) {
      again = true; // it may have looked just before
      return;
    }
    claiming = detached(claimAll)
      .catch((error: unknown) => {
        if (!failing) log.warn({ err: error }, 'tasks cannot be claimed');
        failing = true;
      })
      .finally(() => {
        claiming = null;
        if (again) {
          again = false;
          wake();
        }
      });
  };
  const stop = async () => {
    stopping.abort();
    clearInterval(timer);
    await claiming;
    await atMost(STOP_MS, Promise.all(runs.values()));
    if (runs.size > 0) log.warn({ tasks: [...runs.keys()] }, 'tasks were left to their leases');
  };

  return {
    start() {
      started = true;
      timer = setInterval(wake, POLL_MS).unref();
      wake();
    },
    wake,
    async perform(key, maxMs) {
      const until = performance.now() + maxMs;
      const task = stopping.signal.aborted ? null : await tasks.claimKey(key, holder, now(), leaseUntil());
      if (task) detached(() => begin(task));
      while (!stopping.signal.aborted && performance.now() < until) {
        const run = runs.get(key);
        if (run) return atMost(until - performance.now(), run);
        if (!(await tasks.isRunning(key))) return;
        await sleep(PERFORM_POLL_MS);
      }
    },
    stop: () => (stopped ??= stop()),
  };
}
