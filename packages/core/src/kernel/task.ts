import type { TaskInput, TaskName } from '@assay/contract';
import type { Context } from './context.ts';

declare module './repositories.ts' {
  interface Repositories {
    readonly tasks: TasksRepository;
  }
}

export type TaskStatus = 'queued' | 'running' | 'done' | 'dead';

/** A task as a worker runs it. */
export interface TaskRow {
  id: number;
  name: string;
  key: string;
  /** JSON. */
  input: string;
  /** This one included. */
  attempts: number;
  requestId: string;
  traceParent: string | null;
  createdAt: Date;
}

/** A task that used up its attempts. */
export interface DeadTaskRow extends TaskRow {
  failure: string;
  settledAt: Date;
}

export interface NewTask {
  name: TaskName;
  key: string | null;
  /** JSON. */
  input: string;
  notBefore: Date;
}

/** How an attempt ended: see `TaskHandler`. */
export type TaskOutcome =
  | { status: 'done' }
  | { status: 'dead'; failure: string }
  /** `counted` is false where the process stopped: the attempt does not count. */
  | { status: 'queued'; notBefore: Date; failure: string | null; counted: boolean };

export interface TasksRepository {
  /** Adds a task, in the transaction of its cause. Does nothing when there is one with its key, in any state. */
  add(task: NewTask, at: Date): Promise<void>;
  /** Claims the task of these names that is due for longest, or one whose holder let its lease run out. */
  claim(holder: string, names: readonly TaskName[], at: Date, leaseUntil: Date): Promise<TaskRow | null>;
  /** The same for the task with that key. Null when it is not due, held or settled. */
  claimKey(key: string, holder: string, at: Date, leaseUntil: Date): Promise<TaskRow | null>;
  /** Extends the lease. False when the task is no longer this holder's. */
  heartbeat(id: number, holder: string, leaseUntil: Date): Promise<boolean>;
  /** Ends an attempt. False when the task is no longer this holder's. */
  settle(id: number, holder: string, outcome: TaskOutcome, at: Date): Promise<boolean>;
  /** Done or dead; true too when it was purged. */
  isSettled(key: string): Promise<boolean>;
  /** Newest first; `before` is the id of the last row of the page before. */
  listDead(limit: number, before?: number): Promise<DeadTaskRow[]>;
  /** A dead task back into the queue, with its attempts counted anew. False when it is not dead. */
  retry(id: number, at: Date): Promise<boolean>;
  /** How many tasks wait or run, how many are dead, and since when the oldest one is due; null when none is. */
  figures(at: Date): Promise<{ waiting: number; dead: number; oldestDueAt: Date | null }>;
  /** Deletes tasks that were settled before. Returns how many. */
  purge(before: { done: Date; dead: Date }): Promise<number>;
}

/** Thrown by a task that cannot succeed: no further attempt is made. */
export class GiveUp extends Error {
  override readonly name = 'GiveUp';
}

/** Thrown by a task that was interrupted at a safe place, because the process stops: another process goes on, and no attempt is counted. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** One attempt at a task. */
export interface TaskAttempt {
  /** 1 for the first. */
  number: number;
  /** No further attempt follows when this one fails. */
  isLast: boolean;
  /** Aborted when the process stops, or when another process has taken the task over. */
  signal: AbortSignal;
}

/**
 * Runs one kind of task. `run` is called at least once, and again after a crash or a failure: what it does outside the database
 * carries a key that makes a repeat harmless.
 */
export interface TaskHandler<N extends TaskName> {
  /** Attempts before the task is dead. */
  attemptsMax: number;
  /** Milliseconds until the next attempt, after the attempt of that number failed. */
  retryAfterMs: (attempt: number) => number;
  /** How many of this name one process runs at a time. */
  concurrency: number;
  run: (ctx: Context, input: TaskInput<N>, attempt: TaskAttempt) => Promise<void>;
  /** Called in the end when the task is dead: for what waits for it. */
  onDead?: (ctx: Context, input: TaskInput<N>, failure: string) => Promise<void>;
}

/** Doubles from `firstMs` with each attempt, up to `maxMs`. */
export const exponential =
  (firstMs: number, maxMs: number) =>
  (attempt: number): number =>
    Math.min(maxMs, firstMs * 2 ** (attempt - 1));
