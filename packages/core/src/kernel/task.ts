import type { TaskInput, TaskName } from '@assay/contract';
import type { Context, Tx } from './context.ts';

declare module './repositories.ts' {
  interface Repositories {
    readonly tasks: TasksRepository;
  }
}

export type TaskStatus = 'queued' | 'running' | 'done' | 'dead';

export interface TaskRow {
  id: number;
  name: string;
  key: string;
  /** JSON. */
  input: string;
  /** The running one included. */
  attempts: number;
  requestId: string;
  traceParent: string | null;
  createdAt: Date;
}

/** A task that a process has claimed. Its holder and the number of its attempt are the fence: after another claim, both are different. */
export interface ClaimedTask extends TaskRow {
  /** Names the process. */
  holder: string;
}

export type TaskClaim = Pick<ClaimedTask, 'id' | 'holder' | 'attempts'>;

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
  /** `counted` is false where the process stopped, or had to wait: the attempt does not count. */
  | { status: 'queued'; notBefore: Date; failure: string | null; counted: boolean };

export interface TasksRepository {
  /** Adds a task, in the transaction of its cause. Does nothing when there is one with its key, in any state. */
  add(task: NewTask, at: Date): Promise<void>;
  /**
   * Claims tasks that are due, or whose holder let its lease run out: of each name those that are due for longest, so that many of one
   * name do not delay another.
   * @param slots how many of each name
   */
  claim(holder: string, slots: ReadonlyMap<TaskName, number>, at: Date, leaseUntil: Date): Promise<ClaimedTask[]>;
  /** The same for the task with that key. Null when it is not due, held or settled. */
  claimKey(key: string, holder: string, at: Date, leaseUntil: Date): Promise<ClaimedTask | null>;
  /** Extends the lease. False when the claim is lost: in a transaction, nothing that the holder does then counts. */
  heartbeat(claim: TaskClaim, leaseUntil: Date): Promise<boolean>;
  /** Ends an attempt. False when the claim is lost. */
  settle(claim: TaskClaim, outcome: TaskOutcome, at: Date): Promise<boolean>;
  /** Is an attempt under way? */
  isRunning(key: string): Promise<boolean>;
  /** Newest first; `before` is the id of the last row of the page before. */
  listDead(limit: number, before?: number): Promise<DeadTaskRow[]>;
  /** The dead task with that id; null when there is none. */
  findDead(id: number): Promise<DeadTaskRow | null>;
  /** A dead task back into the queue, with its attempts counted anew. False when it is not dead. */
  retry(id: number, at: Date): Promise<boolean>;
  /** A dead task is settled: no attempt follows. False when it is not dead. */
  dismiss(id: number): Promise<boolean>;
  /** How many tasks wait or run, how many are dead, and since when the oldest one is due; null when none is. */
  figures(at: Date): Promise<{ waiting: number; dead: number; oldestDueAt: Date | null }>;
  /** Deletes tasks that were settled before; dead ones of payments stay. Returns how many. */
  purge(before: { done: Date; dead: Date }): Promise<number>;
}

/** Thrown by a task that cannot succeed: no further attempt is made. */
export class GiveUp extends Error {
  override readonly name = 'GiveUp';
}

/** Thrown by a task whose attempt failed for a reason outside the product: it is tried again, and no error report is sent. */
export class AttemptFailed extends Error {
  override readonly name = 'AttemptFailed';
}

/** Thrown by a task that was interrupted at a safe place, because the process stops: another process goes on, and no attempt is counted. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/**
 * Thrown by a task that has to wait, for a storage that is away for instance: it is run again after `afterMs`, and no attempt is counted.
 * Its `cause` is the error that made it wait, if there is one: it is logged.
 */
export class Postponed extends Error {
  override readonly name = 'Postponed';
  readonly afterMs: number;

  constructor(reason: string, afterMs: number, options?: ErrorOptions) {
    super(reason, options);
    this.afterMs = afterMs;
  }
}

/** Thrown inside an attempt whose lease ran out, because another process may have claimed the task: the attempt must not go on. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** One attempt at a task. */
export interface TaskAttempt {
  /** Names this attempt, where a row notes who works on it. */
  holder: string;
  /** 1 for the first. */
  number: number;
  /** No further attempt follows when this one fails. */
  isLast: boolean;
  /** Aborted when the process stops, or when the lease is lost. */
  signal: AbortSignal;
  /** Aborted when the process stops. */
  stop: AbortSignal;
  /**
   * Extends the lease, before a step that must not be taken by two processes. In a change it is the fence: the change is committed only
   * while the task is this attempt's. @throws LeaseLost
   */
  hold(tx?: Pick<Tx, 'repos'>): Promise<void>;
}

/** What a task notes about an attempt, for its log line: ids and codes, no personal data. */
export type TaskNote = Record<string, string | number | null>;

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
  run: (ctx: Context, input: TaskInput<N>, attempt: TaskAttempt) => Promise<TaskNote | void>;
  /** Called before the task becomes dead, for what waits for it; again, when the process ends meanwhile. */
  onDead?: (ctx: Context, input: TaskInput<N>, failure: string) => Promise<void>;
}

/** Grows from `firstMs` by `factor` with each attempt, up to `maxMs`. */
export const exponential =
  (firstMs: number, maxMs: number, factor = 2) =>
  (attempt: number): number =>
    Math.min(maxMs, firstMs * factor ** (attempt - 1));
