import { isTaskName, TASK_INPUTS, TASK_NAMES, type TaskName } from '@assay/contract';
import { GiveUp, Interrupted, type Context, type TaskHandler, type TaskOutcome, type TaskRow, type TasksRepository } from '@assay/core';
import { reportError } from '@assay/telemetry/errors';
import { detached, inJob } from '@assay/telemetry/tracing';
import { toAppError } from '../http/problems.ts';
import type { Logger } from '../logger.ts';

/** How often tasks of other processes are looked for, and those that were not due before. */
const POLL_MS = 1000;
const LEASE_MS = 60_000;
const SETTLED_POLL_MS = 25;

/** How an attempt ended, as metrics say it. `lost`: another process has taken the task over. */
export type TaskResult = 'done' | 'retried' | 'dead' | 'interrupted' | 'lost';

export type TaskHandlers = { readonly [N in TaskName]: TaskHandler<N> };

export interface WorkerParts {
  tasks: TasksRepository;
  handlers: TaskHandlers;
  /** Names the process. */
  holder: string;
  log: Logger;
  contextOf: (task: TaskName, requestId: string) => Context;
  ended: (task: TaskName, result: TaskResult, durationMs: number) => void;
  /** Milliseconds without a heartbeat after which another process takes a task over. */
  leaseMs?: number;
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
  /** Claims nothing any more and interrupts what runs; resolves when it has come to a safe place. */
  stop(): Promise<void>;
}

export function createWorker(parts: WorkerParts): Worker {
  const { tasks, handlers, holder, log, leaseMs = LEASE_MS } = parts;
  const stopping = new AbortController();
  const running = new Map<TaskName, number>();
  const runs = new Set<Promise<void>>();
  let started = false;
  let failing = false;
  let claiming: Promise<void> | null = null;
  let again = false;
  let timer: NodeJS.Timeout | undefined;

  const leaseUntil = () => new Date(Date.now() + leaseMs);
  const begin = (row: TaskRow): Promise<void> => {
    const name = row.name as TaskName;
    running.set(name, (running.get(name) ?? 0) + 1);
    const run = runTask(parts, row, leaseMs, stopping.signal)
      .catch((error: unknown) => log.error({ task: name, taskId: row.id, err: error }, 'the outcome of a task was not stored'))
      .finally(() => {
        running.set(name, running.get(name)! - 1);
        runs.delete(run);
        wake();
      });
    runs.add(run);
    return run;
  };

  const claimAll = async () => {
    while (!stopping.signal.aborted) {
      const free = TASK_NAMES.filter((name) => (running.get(name) ?? 0) < handlers[name].concurrency);
      const row = free.length > 0 ? await tasks.claim(holder, free, new Date(), leaseUntil()) : null;
      if (!row) break;
      void begin(row);
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

  return {
    start() {
      started = true;
      timer = setInterval(wake, POLL_MS).unref();
      wake();
    },
    wake,
    async perform(key, maxMs) {
      const until = Date.now() + maxMs;
      if (stopping.signal.aborted) return;
      const row = await tasks.claimKey(key, holder, new Date(), leaseUntil());
      if (row) void begin(row);
      while (Date.now() < until && !(await tasks.isSettled(key))) await new Promise((resolve) => setTimeout(resolve, SETTLED_POLL_MS));
    },
    async stop() {
      stopping.abort();
      clearInterval(timer);
      await claiming;
      while (runs.size > 0) await Promise.all(runs);
    },
  };
}

/** One attempt at a task, with its lease held meanwhile. @throws when the outcome cannot be stored: the lease runs out then */
async function runTask(
  { tasks, handlers, holder, log, contextOf, ended }: WorkerParts,
  row: TaskRow,
  leaseMs: number,
  stop: AbortSignal,
): Promise<void> {
  const name = row.name as TaskName;
  const handler = handlers[name] as TaskHandler<TaskName>;
  const lost = new AbortController();
  const heartbeat = setInterval(() => {
    tasks
      .heartbeat(row.id, holder, new Date(Date.now() + leaseMs))
      .then((held) => held || lost.abort())
      .catch((error: unknown) => log.warn({ task: name, taskId: row.id, err: error }, 'a task could not extend its lease'));
  }, leaseMs / 4);
  const begun = performance.now();
  const line = { task: name, taskId: row.id, attempt: row.attempts, requestId: row.requestId };
  const attributes = { 'assay.task': name, 'assay.task_id': row.id, 'assay.request_id': row.requestId };
  const ctx = contextOf(name, row.requestId);
  try {
    const outcome = await inJob({ name: `task ${name}`, attributes }, row.traceParent, () =>
      attemptTask(ctx, handler, row, AbortSignal.any([stop, lost.signal])),
    );
    const durationMs = performance.now() - begun;
    const held = await tasks.settle(row.id, holder, outcome.store, new Date());
    ended(name, held ? outcome.result : 'lost', durationMs);
    report(log, { ...line, durationMs: Math.round(durationMs) }, held ? outcome : { ...outcome, result: 'lost' });
    if (held && outcome.store.status === 'dead') await handler.onDead?.(ctx, outcome.input as never, outcome.store.failure);
  } finally {
    clearInterval(heartbeat);
  }
}

interface Attempted {
  result: TaskResult;
  store: TaskOutcome;
  input?: unknown;
  error?: unknown;
}

async function attemptTask(ctx: Context, handler: TaskHandler<TaskName>, row: TaskRow, signal: AbortSignal): Promise<Attempted> {
  const dead = (failure: string, input?: unknown, error?: unknown): Attempted => ({
    result: 'dead',
    store: { status: 'dead', failure },
    input,
    error,
  });
  const parsed = isTaskName(row.name) ? TASK_INPUTS[row.name].safeParse(parseJson(row.input)) : null;
  if (!parsed?.success) return dead('Its input is not valid.');
  const input = parsed.data;
  const { attempts } = row;
  if (attempts > handler.attemptsMax) return dead('The process ended during the last attempt.', input);
  const isLast = attempts === handler.attemptsMax;
  try {
    await handler.run(ctx, input, { number: attempts, isLast, signal });
    return { result: 'done', store: { status: 'done' } };
  } catch (error) {
    if (error instanceof Interrupted)
      return { result: 'interrupted', store: { status: 'queued', notBefore: new Date(), failure: null, counted: false } };
    const failure = error instanceof Error ? error.message : String(error);
    if (isLast || error instanceof GiveUp) return dead(failure, input, error);
    const notBefore = new Date(Date.now() + handler.retryAfterMs(attempts));
    return { result: 'retried', store: { status: 'queued', notBefore, failure, counted: true }, error };
  }
}

function report(log: Logger, line: Record<string, unknown>, { result, error }: Attempted): void {
  if (result === 'done' || result === 'interrupted') log.info(line, result === 'done' ? 'task done' : 'task interrupted');
  else if (result === 'lost') log.warn(line, 'another process has taken the task over');
  else if (result === 'retried') log.warn({ ...line, err: error }, 'task failed, it is tried again');
  else {
    log.error({ ...line, err: error }, 'task is dead');
    if (error !== undefined && toAppError(error).code === 'INTERNAL') reportError(error, line);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
