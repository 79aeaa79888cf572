import { isTaskName, TASK_INPUTS, type TaskName } from '@assay/contract';
import {
  AttemptFailed,
  GiveUp,
  Interrupted,
  LeaseLost,
  Postponed,
  type ClaimedTask,
  type Context,
  type TaskAttempt,
  type TaskHandler,
  type TaskNote,
  type TaskOutcome,
  type TasksRepository,
} from '@assay/core';
import { reportError } from '@assay/telemetry/errors';
import { inJob } from '@assay/telemetry/tracing';
import { sleep } from '../at-most.ts';
import { toAppError } from '../http/problems.ts';
import type { Logger } from '../logger.ts';
import { keepLease, type Lease } from './lease.ts';

/** First wait before an outcome that could not be stored is stored again; it doubles up to the longest. */
const SETTLE_WAIT_MS = 250;
const SETTLE_WAIT_MAX_MS = 5000;

/** How an attempt ended, as metrics say it. `lost`: another process has claimed the task. */
export type TaskResult = 'done' | 'retried' | 'dead' | 'interrupted' | 'lost';

export type TaskHandlers = { readonly [N in TaskName]: TaskHandler<N> };

export interface TaskParts {
  tasks: TasksRepository;
  handlers: TaskHandlers;
  log: Logger;
  now: () => Date;
  /** Milliseconds without a heartbeat after which another process may claim a task. Clocks of processes differ by less than half of it. */
  leaseMs: number;
  contextOf: (task: TaskName, requestId: string) => Context;
  ended: (task: TaskName, result: TaskResult, durationMs: number) => void;
}

/** How an attempt ended. */
export interface TaskEnd {
  name: TaskName;
  attempt: number;
  result: TaskResult;
  note: TaskNote;
  /** Null where it did not fail. */
  failure: string | null;
}

interface Attempted {
  result: TaskResult;
  /** Null when there is nothing to store. */
  store: TaskOutcome | null;
  note?: TaskNote;
  error?: unknown;
}

/**
 * One attempt at a claimed task, with its lease held meanwhile.
 * @param stop interrupts it
 * @throws when the outcome cannot be stored: another process runs the task when the lease has run out
 */
export async function runTask(parts: TaskParts, task: ClaimedTask, stop: AbortSignal): Promise<TaskEnd> {
  const { handlers, contextOf } = parts;
  const name = task.name as TaskName;
  const lease = keepLease(parts, task);
  const attributes = { 'assay.task': name, 'assay.task_id': task.id, 'assay.request_id': task.requestId };
  let end: TaskEnd | undefined;
  const work = async () => {
    const begun = performance.now();
    const handler = handlers[name] as TaskHandler<TaskName>;
    const attempted = await attemptTask(contextOf(name, task.requestId), handler, task, lease, stop, parts.now);
    end = await conclude(parts, task, attempted, lease, stop, begun);
    if (attempted.error !== undefined) throw attempted.error; // the span says that it failed
  };
  try {
    await inJob({ name: `task ${name}`, attributes }, task.traceParent, work);
  } catch (error) {
    if (!end) throw error;
  } finally {
    lease.end();
  }
  return end!;
}

/** Stores how an attempt ended, counts and logs it. */
async function conclude(
  parts: TaskParts,
  task: ClaimedTask,
  attempted: Attempted,
  lease: Lease,
  stop: AbortSignal,
  begun: number,
): Promise<TaskEnd> {
  const durationMs = performance.now() - begun;
  const held = attempted.store !== null && (await settle(parts, task, attempted.store, lease, stop));
  const outcome: Attempted = held ? attempted : { ...attempted, result: 'lost' };
  const { result, note = {}, error } = outcome;
  const name = task.name as TaskName;
  parts.ended(name, result, durationMs);
  report(parts.log, task, Math.round(durationMs), outcome);
  return { name, attempt: task.attempts, result, note, failure: error === undefined ? null : messageOf(error) };
}

async function attemptTask(
  ctx: Context,
  handler: TaskHandler<TaskName>,
  task: ClaimedTask,
  lease: Lease,
  stop: AbortSignal,
  now: () => Date,
): Promise<Attempted> {
  const again = (result: TaskResult, afterMs: number, failure: string | null, error?: unknown): Attempted => {
    const notBefore = new Date(now().getTime() + afterMs);
    const counted = result === 'retried' && !(error instanceof Postponed);
    return { result, store: { status: 'queued', notBefore, failure, counted }, error };
  };
  if (stop.aborted) return again('interrupted', 0, null);
  const parsed = isTaskName(task.name) ? TASK_INPUTS[task.name].safeParse(parseJson(task.input)) : null;
  if (!parsed?.success) return { result: 'dead', store: { status: 'dead', failure: 'Its input is not valid.' } };
  const input = parsed.data as never;
  const number = task.attempts;
  const isLast = number >= handler.attemptsMax;
  try {
    if (number > handler.attemptsMax) throw new GiveUp('The process ended during the last attempt.');
    const holder = `task:${task.id}:${number}`;
    const attempt: TaskAttempt = {
      holder,
      number,
      isLast,
      stop,
      signal: AbortSignal.any([stop, lease.lost]),
      hold: (tx) => lease.hold(tx),
    };
    const note = await handler.run(ctx, input, attempt);
    return { result: 'done', store: { status: 'done' }, ...(note ? { note } : {}) };
  } catch (error) {
    if (error instanceof LeaseLost) return { result: 'lost', store: null, error };
    if (error instanceof Interrupted) return again('interrupted', 0, null);
    const failure = messageOf(error);
    if (error instanceof Postponed) return again('retried', error.afterMs, failure, error);
    if (!isLast && !(error instanceof GiveUp)) return again('retried', handler.retryAfterMs(number), failure, error);
    return die(ctx, handler, input, failure, error, again);
  }
}

/** What waits for the task hears of it first: where that fails, the attempt is made again. */
async function die(
  ctx: Context,
  handler: TaskHandler<TaskName>,
  input: never,
  failure: string,
  error: unknown,
  again: (result: TaskResult, afterMs: number, failure: string, error: unknown) => Attempted,
): Promise<Attempted> {
  try {
    await handler.onDead?.(ctx, input, failure);
  } catch (unsettled) {
    return again('retried', handler.retryAfterMs(1), failure, unsettled);
  }
  return { result: 'dead', store: { status: 'dead', failure }, error };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Stores an outcome; while the database is away, again and again as long as the lease lasts, so that the effect is not repeated. */
async function settle(parts: TaskParts, task: ClaimedTask, outcome: TaskOutcome, lease: Lease, stop: AbortSignal): Promise<boolean> {
  for (let waitMs = SETTLE_WAIT_MS; ; waitMs = Math.min(SETTLE_WAIT_MAX_MS, 2 * waitMs)) {
    try {
      return await parts.tasks.settle(task, outcome, parts.now());
    } catch (error) {
      if (stop.aborted || lease.lost.aborted) throw error;
      parts.log.warn({ task: task.name, taskId: task.id, err: error }, 'the outcome of a task waits for the database');
      await sleep(waitMs);
    }
  }
}

function report(log: Logger, task: ClaimedTask, durationMs: number, { result, note, error }: Attempted): void {
  const line = {
    task: task.name,
    taskId: task.id,
    input: parseJson(task.input),
    attempt: task.attempts,
    requestId: task.requestId,
    durationMs,
    ...note,
  };
  if (result === 'done' || result === 'interrupted') log.info(line, result === 'done' ? 'task done' : 'task interrupted');
  else if (result === 'lost') log.warn(line, 'another process has claimed the task');
  else if (result === 'retried') log.warn({ ...line, err: error }, 'task failed, it is tried again');
  else log.error({ ...line, err: error }, 'task is dead');
  if (isFault(error) && (task.attempts === 1 || result === 'dead')) reportError(error, line);
}

/** Is it a fault of the product? One that repeats is reported with its first attempt and with its last. */
const isFault = (error: unknown) =>
  error !== undefined &&
  ![AttemptFailed, GiveUp, LeaseLost, Postponed].some((expected) => error instanceof expected) &&
  toAppError(error).code === 'INTERNAL';

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
