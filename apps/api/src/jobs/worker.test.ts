import type { TaskName } from '@assay/contract';
import {
  GiveUp,
  Interrupted,
  Postponed,
  TASKS,
  type ClaimedTask,
  type Context,
  type TaskAttempt,
  type TaskHandler,
  type TaskOutcome,
  type TasksRepository,
} from '@assay/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Logger } from '../logger.ts';
import type { TaskResult } from './run-task.ts';
import { createWorker } from './worker.ts';

const LEASE_MS = 60_000;
const NAME = 'alert.deliver';

/** A queue in memory, a scripted handler, and a worker over both. */
function setUp(run: (attempt: TaskAttempt, ctx: Context) => Promise<void>, handler: Partial<TaskHandler<typeof NAME>> = {}) {
  const queued: ClaimedTask[] = [];
  const outcomes: (TaskOutcome & { key: string })[] = [];
  const ends: TaskResult[] = [];
  const fake = {
    claim: vi.fn((holder: string, slots: ReadonlyMap<TaskName, number>) =>
      Promise.resolve(queued.splice(0, slots.get(NAME) ?? 0).map((task) => ({ ...task, holder }))),
    ),
    claimKey: vi.fn((key: string) => {
      const index = queued.findIndex((task) => task.key === key);
      return Promise.resolve(index < 0 ? null : queued.splice(index, 1)[0]!);
    }),
    heartbeat: vi.fn(() => Promise.resolve(true)),
    settle: vi.fn((task: { id: number }, outcome: TaskOutcome) => {
      outcomes.push({ ...outcome, key: `key:${task.id}` });
      return Promise.resolve(true);
    }),
    isRunning: vi.fn(() => Promise.resolve(false)),
  };
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const ctx = { repos: { tasks: fake } } as unknown as Context;
  const own: TaskHandler<typeof NAME> = { ...TASKS[NAME], run: (given, _input, attempt) => run(attempt, given), ...handler };
  const worker = createWorker({
    tasks: fake as unknown as TasksRepository,
    handlers: { ...TASKS, [NAME]: own },
    holder: 'here',
    log: log as unknown as Logger,
    contextOf: () => ctx,
    ended: (_name, result) => ends.push(result),
  });
  const add = (id: number, attempts = 1) =>
    queued.push({
      id,
      name: NAME,
      key: `key:${id}`,
      input: '{"alertId":1,"added":"by a later version"}',
      attempts,
      requestId: 'r',
      traceParent: null,
      createdAt: new Date(),
      holder: 'here',
    });
  return { worker, fake, log, outcomes, ends, add };
}

const never = () => new Promise<void>(() => {});

describe('a worker', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());
  const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

  it('runs what is added, at once when it is woken, otherwise within a second, and no more at a time than the handler allows', async () => {
    let free: (() => void)[] = [];
    const { worker, add, outcomes, fake } = setUp(() => new Promise((resolve) => free.push(resolve)), { concurrency: 2 });
    add(1);
    worker.wake();
    await pass(5000);
    expect(fake.claim).not.toHaveBeenCalled(); // it was not started
    worker.start();
    await pass();
    expect(free).toHaveLength(1);
    for (const id of [2, 3, 4]) add(id);
    await pass(999);
    expect(free).toHaveLength(1);
    await pass(1);
    expect(free).toHaveLength(2);
    for (const end of free.splice(0)) end();
    await pass();
    expect(free).toHaveLength(2);
    free = free.splice(0).flatMap((end) => (end(), []));
    await pass();
    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done']);
  });

  it.each([
    [new Error('away'), 1, { status: 'queued', counted: true, failure: 'away' }, 'retried', 60_000],
    [new Error('away'), 3, { status: 'queued', counted: true, failure: 'away' }, 'retried', 240_000],
    [new Error('away'), 30, { status: 'dead', failure: 'away' }, 'dead', null],
    [new GiveUp('never'), 1, { status: 'dead', failure: 'never' }, 'dead', null],
    [new Postponed('later', 7000), 30, { status: 'queued', counted: false, failure: 'later' }, 'retried', 7000],
    [new Interrupted('stops'), 30, { status: 'queued', counted: false, failure: null }, 'interrupted', 0],
  ] as const)('stores how an attempt failed: %s at attempt %i', async (error, attempts, outcome, result, waitMs) => {
    const { worker, add, outcomes, ends } = setUp(async () => {
      throw error;
    });
    add(1, attempts);
    worker.start();
    await pass();
    expect(outcomes).toMatchObject([outcome]);
    expect(ends).toEqual([result]);
    if (waitMs !== null) expect((outcomes[0] as { notBefore: Date }).notBefore.getTime() - Date.now()).toBe(waitMs);
  });

  it('a task whose process ended during the last attempt is dead without another one; what waits for it hears of it before', async () => {
    const order: string[] = [];
    const run = vi.fn(never);
    const { worker, add, fake } = setUp(run, { onDead: () => Promise.resolve(void order.push('onDead')) });
    fake.settle.mockImplementation((_task, { status }) => (order.push(status), Promise.resolve(true)));
    add(1, 31);
    worker.start();
    await pass();
    expect(run).not.toHaveBeenCalled();
    expect(order).toEqual(['onDead', 'dead']);
  });

  it('while what waits for a dead task cannot hear of it, the task is not dead', async () => {
    const { worker, add, outcomes } = setUp(() => Promise.reject(new GiveUp('never')), { onDead: () => Promise.reject(new Error('away')) });
    add(1);
    worker.start();
    await pass();
    expect(outcomes).toMatchObject([{ status: 'queued', failure: 'never' }]);
  });

  it('holds its lease by heartbeats, and leaves the task when another process has claimed it', async () => {
    let signal: AbortSignal | undefined;
    const held: unknown[] = [];
    const { worker, add, fake, ends } = setUp(async (attempt) => {
      signal = attempt.signal;
      await new Promise((resolve) => attempt.signal.addEventListener('abort', resolve));
      await attempt.hold().catch((error: unknown) => {
        held.push(error);
        throw error;
      });
    });
    add(1);
    worker.start();
    await pass(LEASE_MS);
    expect(fake.heartbeat).toHaveBeenCalledTimes(4);
    expect(signal!.aborted).toBe(false);
    fake.heartbeat.mockResolvedValue(false);
    await pass(LEASE_MS / 4);
    expect(held).toHaveLength(1);
    expect(ends).toEqual(['lost']);
    expect(fake.settle).not.toHaveBeenCalled();
  });

  it('without heartbeats for as long as a lease lasts, it does not go on: another process may have the task', async () => {
    let signal: AbortSignal | undefined;
    const { worker, add, fake, log } = setUp((attempt) => ((signal = attempt.signal), never()));
    fake.heartbeat.mockRejectedValue(new Error('the database is away'));
    add(1);
    worker.start();
    await pass(LEASE_MS - 1);
    expect(signal!.aborted).toBe(false);
    expect(log.warn).toHaveBeenCalled();
    await pass(1);
    expect(signal!.aborted).toBe(true);
  });

  it('an outcome that cannot be stored is stored when the database is back, without another attempt', async () => {
    const run = vi.fn(() => Promise.resolve());
    const { worker, add, fake, ends } = setUp(run);
    for (let i = 0; i < 5; i++) fake.settle.mockRejectedValueOnce(new Error('away'));
    add(1);
    worker.start();
    await pass(8000);
    expect(fake.settle).toHaveBeenCalledTimes(6);
    expect(run).toHaveBeenCalledTimes(1);
    expect(ends).toEqual(['done']);
  });

  it('an outcome that cannot be stored within the lease is left: the task is run again', async () => {
    const { worker, add, fake, log, ends } = setUp(() => Promise.resolve());
    fake.settle.mockRejectedValue(new Error('away'));
    fake.heartbeat.mockRejectedValue(new Error('away'));
    add(1);
    worker.start();
    await pass(2 * LEASE_MS);
    expect(log.error).toHaveBeenCalledWith(expect.objectContaining({ taskId: 1 }), 'the outcome of a task was not stored');
    expect(ends).toEqual([]);
  });

  it('stops: interrupts what runs, claims nothing more, and waits no longer than ten seconds, once', async () => {
    const { worker, add, outcomes, fake, log } = setUp((attempt) =>
      attempt.number === 1 ? new Promise((_, reject) => attempt.stop.addEventListener('abort', () => reject(new Interrupted()))) : never(),
    );
    add(1);
    worker.start();
    await pass();
    const stopping = worker.stop();
    await pass();
    await stopping;
    expect(outcomes).toMatchObject([{ status: 'queued', counted: false }]);
    const claims = fake.claim.mock.calls.length;
    worker.wake();
    await pass(5000);
    expect(fake.claim).toHaveBeenCalledTimes(claims);

    const deaf = setUp(never);
    deaf.add(1);
    deaf.worker.start();
    await pass();
    let stopped = false;
    void deaf.worker.stop().then(() => (stopped = true));
    await pass(9999);
    expect(stopped).toBe(false);
    await pass(1);
    expect(stopped).toBe(true);
    expect(deaf.log.warn).toHaveBeenCalledWith({ tasks: ['key:1'] }, 'tasks were left to their leases');
    let again = false;
    void deaf.worker.stop().then(() => (again = true));
    await pass();
    expect(again).toBe(true);
    expect(deaf.log.warn).toHaveBeenCalledTimes(1);
    expect(log.warn).not.toHaveBeenCalled();
  });

  it('while the database is away it says so once, and goes on when it is back', async () => {
    const { worker, add, fake, log, outcomes } = setUp(() => Promise.resolve());
    fake.claim.mockRejectedValue(new Error('away'));
    worker.start();
    await pass(5000);
    expect(log.warn).toHaveBeenCalledTimes(1);
    fake.claim.mockReset().mockImplementation(() => Promise.resolve([]));
    fake.claim.mockResolvedValueOnce([{ ...claimed, key: 'key:9', id: 9 }]);
    await pass(1000);
    expect(outcomes).toMatchObject([{ status: 'done', key: 'key:9' }]);
    add(1);
  });

  const claimed: ClaimedTask = {
    id: 1,
    name: NAME,
    key: 'key:1',
    input: '{"alertId":1}',
    attempts: 1,
    requestId: 'r',
    traceParent: null,
    createdAt: new Date(),
    holder: 'here',
  };

  describe('performs a task for an answer', () => {
    it('waits for its outcome, also when the worker has claimed it already', async () => {
      let end: () => void = () => {};
      const { worker, add, outcomes } = setUp(() => new Promise((resolve) => (end = resolve)));
      add(1);
      let performed = 0;
      void worker.perform('key:1', 5000).then(() => performed++);
      await pass(1000);
      void worker.perform('key:1', 5000).then(() => performed++);
      await pass(1000);
      expect(performed).toBe(0);
      end();
      await pass();
      expect(performed).toBe(2);
      expect(outcomes).toMatchObject([{ status: 'done' }]);
    });

    it('does not wait for another attempt after a failure, nor longer than the given time', async () => {
      const failing = setUp(() => Promise.reject(new Error('away')));
      failing.add(1);
      let answered = false;
      void failing.worker.perform('key:1', 5000).then(() => (answered = true));
      await pass(100);
      expect(answered).toBe(true);

      const slow = setUp(never);
      slow.add(1);
      let late = false;
      void slow.worker.perform('key:1', 5000).then(() => (late = true));
      await pass(4999);
      expect(late).toBe(false);
      await pass(1);
      expect(late).toBe(true);
    });

    it('follows a task that another process runs', async () => {
      const { worker, fake } = setUp(never);
      fake.isRunning.mockResolvedValue(true);
      let answered = false;
      void worker.perform('key:1', 5000).then(() => (answered = true));
      await pass(2000);
      expect(answered).toBe(false);
      fake.isRunning.mockResolvedValue(false);
      await pass(100);
      expect(answered).toBe(true);
    });
  });
});
