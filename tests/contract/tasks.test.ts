import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ROOT } from '@assay/api';
import type { TaskName } from '@assay/contract';
import { TASKS, type ClaimedTask, type TasksRepository } from '@assay/core';
import { createRepositories } from '@assay/database';
import { createTestDatabase, onEachEngine, startReceiver, type Receiver, type TestDatabase } from '@assay/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const SECOND_MS = 1000;
const LEASE_MS = 60 * SECOND_MS;
const NAME = 'alert.deliver';
const FROM = new Date('2030-01-01T00:00:00Z').getTime();
const at = (seconds: number) => new Date(FROM + seconds * SECOND_MS);

onEachEngine('tasks', (engine) => {
  let db: TestDatabase;
  let tasks: TasksRepository;

  beforeAll(async () => {
    db = await createTestDatabase(engine);
    ({ tasks } = createRepositories(db.database));
  });
  beforeEach(async () => {
    await db.database.prisma.task.deleteMany();
  });
  afterAll(() => db.drop());

  let serial = 0;
  const add = (options: { name?: TaskName; key?: string; seconds?: number } = {}) => {
    const { name = NAME, key = `test:${++serial}`, seconds = 0 } = options;
    return tasks.add({ name, key, input: '{"alertId":1}', notBefore: at(seconds) }, at(0));
  };
  const leaseUntil = (seconds: number) => new Date(at(seconds).getTime() + LEASE_MS);
  const claimAll = (holder: string, seconds = 0, slots = new Map<TaskName, number>([[NAME, 1]])) =>
    tasks.claim(holder, slots, at(seconds), leaseUntil(seconds));
  const claim = async (holder: string, seconds = 0): Promise<ClaimedTask> => {
    const [task] = await claimAll(holder, seconds);
    if (!task) throw new Error('No task is due.');
    return task;
  };
  const failed = (seconds: number, counted = true) => ({ status: 'queued' as const, notBefore: at(seconds), failure: 'away', counted });

  it('of many workers at once, each task is claimed by one', async () => {
    for (let i = 0; i < 12; i++) await add();
    const workers = ['a', 'b', 'c', 'd'].map(async (holder) => {
      const ids: number[] = [];
      for (let idle = 0; idle < 5;) {
        const [task] = await claimAll(holder);
        if (task) ids.push(task.id);
        idle = task ? 0 : idle + 1;
      }
      return ids;
    });
    const claimed = (await Promise.all(workers)).flat();
    expect([claimed.length, new Set(claimed).size]).toEqual([12, 12]);
  });

  it('of each name, those that are due for longest are claimed, as many as there are slots', async () => {
    for (let i = 0; i < 30; i++) await add({ seconds: -100 });
    await add({ name: 'email.send', key: 'later', seconds: -5 });
    await add({ name: 'email.send', key: 'first', seconds: -10 });
    await add({ name: 'email.send', key: 'not yet', seconds: 1 });
    const claimed = await claimAll('a', 0, new Map([[NAME, 2] as const, ['email.send', 1] as const]));
    expect(claimed.map(({ name }) => name).sort()).toEqual([NAME, NAME, 'email.send']);
    expect(claimed.find(({ name }) => name === 'email.send')).toMatchObject({ key: 'first', attempts: 1, holder: 'a' });
    expect(await claimAll('a', 0, new Map())).toEqual([]);
  });

  it('one whose process was killed is claimed by another when its lease has run out; heartbeats extend the lease', async () => {
    await add();
    const first = await claim('killed');
    expect(await claimAll('other', 59)).toEqual([]);
    expect(await tasks.heartbeat(first, leaseUntil(50))).toBe(true);
    expect(await claimAll('other', 100)).toEqual([]);
    const second = await claim('other', 110);
    expect(second).toMatchObject({ id: first.id, attempts: 2 });
    expect(await tasks.heartbeat(first, leaseUntil(120))).toBe(false);
    expect(await tasks.settle(first, { status: 'done' }, at(120))).toBe(false);
    expect(await tasks.settle(second, { status: 'done' }, at(120))).toBe(true);
    expect(await tasks.settle(second, { status: 'done' }, at(121))).toBe(false);
  });

  it('a process that lost its lease and claims the task again cannot settle it by its first claim', async () => {
    await add();
    const first = await claim('same');
    const second = await claim('same', 61);
    expect(await tasks.settle(first, { status: 'done' }, at(62))).toBe(false);
    expect(await tasks.heartbeat(first, leaseUntil(62))).toBe(false);
    expect(await tasks.settle(second, { status: 'done' }, at(62))).toBe(true);
  });

  it('the same key is added once, also when the first is settled', async () => {
    await Promise.all([1, 2, 3, 4].map(() => add({ key: 'one' })));
    expect(await db.database.prisma.task.count()).toBe(1);
    await db.database.transaction(async (tx) => {
      await createRepositories(tx).tasks.add({ name: NAME, key: 'one', input: '{}', notBefore: at(0) }, at(0));
    });
    await tasks.settle(await claim('a'), { status: 'done' }, at(1));
    await add({ key: 'one' });
    expect(await db.database.prisma.task.count()).toBe(1);
    expect(await claimAll('a', 100)).toEqual([]);
  });

  it('waits after a failed attempt, does not count an interrupted one, and is dead after the last', async () => {
    await add();
    await tasks.settle(await claim('a'), failed(30), at(1));
    expect(await claimAll('a', 29)).toEqual([]);
    const second = await claim('a', 30);
    expect(second.attempts).toBe(2);
    await tasks.settle(second, failed(40, false), at(31));
    const again = await claim('b', 40);
    expect(again.attempts).toBe(2);
    await tasks.settle(again, { status: 'dead', failure: 'x'.repeat(900) }, at(41));
    expect(await claimAll('a', 9999)).toEqual([]);
    const [dead] = await tasks.listDead(10);
    expect(dead).toMatchObject({ id: again.id, name: NAME, attempts: 2, failure: 'x'.repeat(500), settledAt: at(41) });

    expect(await tasks.retry(dead!.id, at(50))).toBe(true);
    expect(await tasks.retry(dead!.id, at(50))).toBe(false);
    expect(await tasks.listDead(10)).toEqual([]);
    const retried = await claim('a', 50);
    expect(retried.attempts).toBe(1);
    await tasks.settle(retried, { status: 'dead', failure: 'again' }, at(51));
    expect(await tasks.dismiss(dead!.id)).toBe(true);
    expect([await tasks.dismiss(dead!.id), await tasks.retry(dead!.id, at(52)), await tasks.findDead(dead!.id)]).toEqual([
      false,
      false,
      null,
    ]);
  });

  it('one with a known key is claimed by it, unless it is held, settled or not due', async () => {
    await add({ key: 'mine' });
    await add({ key: 'later', seconds: 10 });
    expect(await tasks.claimKey('later', 'a', at(0), leaseUntil(0))).toBeNull();
    expect(await tasks.isRunning('mine')).toBe(false);
    const mine = await tasks.claimKey('mine', 'a', at(0), leaseUntil(0));
    expect(mine).toMatchObject({ key: 'mine', attempts: 1 });
    expect(await tasks.isRunning('mine')).toBe(true);
    expect(await tasks.claimKey('mine', 'b', at(1), leaseUntil(1))).toBeNull();
    await tasks.settle(mine!, { status: 'done' }, at(2));
    expect(await tasks.claimKey('mine', 'b', at(100), leaseUntil(100))).toBeNull();
  });

  it('figures count what waits and what is dead, and say since when the oldest is due; settled ones are purged', async () => {
    expect(await tasks.figures(at(0))).toEqual({ waiting: 0, dead: 0, oldestDueAt: null });
    await add({ seconds: -600 });
    await add({ seconds: 600 });
    expect(await tasks.figures(at(0))).toEqual({ waiting: 2, dead: 0, oldestDueAt: at(-600) });
    await tasks.settle(await claim('a'), { status: 'dead', failure: 'x' }, at(1));
    expect(await tasks.figures(at(2))).toEqual({ waiting: 1, dead: 1, oldestDueAt: null });
    expect(await tasks.purge({ done: at(100), dead: at(1) })).toBe(0);
    expect(await tasks.purge({ done: at(0), dead: at(2) })).toBe(1);

    await add({ name: 'payment.refund', seconds: -600 });
    const [refund] = await claimAll('a', 0, new Map([['payment.refund', 1]]));
    await tasks.settle(refund!, { status: 'dead', failure: 'x' }, at(1));
    expect(await tasks.purge({ done: at(100), dead: at(100) })).toBe(0);
  });

  describe('the handlers', () => {
    it.each([
      ['email.send', 8, [30, 120, 480, 1920, 7680, 14_400, 14_400]],
      ['alert.deliver', 30, [60, 120, 240, 480, 960, 1920, 3600, 3600]],
      ['image.render', 3, [15, 15]],
      ['maintenance.run', 5, [30, 60, 120, 240]],
      ['charge.capture', 16, [30, 60, 120, 240, 480, 960, 1920, 3840, 7680, 14_400, 14_400]],
      ['charge.look-up', 6, [60, 120, 240, 480, 600]],
      ['payment.capture', 16, [30, 60, 120, 240, 480, 960, 1920, 3840, 7680, 14_400, 14_400]],
      ['refund.send', 16, [30, 60, 120, 240, 480, 960, 1920, 3840, 7680, 14_400, 14_400]],
      ['payout.send', 16, [30, 60, 120, 240, 480, 960, 1920, 3840, 7680, 14_400, 14_400]],
      ['payout.check', 8, [30, 60, 120, 240, 480, 960, 1920]],
      ['payment.refund', 12, [30, 60, 120, 240, 480, 960, 1920, 3840, 7680, 14_400, 14_400]],
    ] as const)('%s: %i attempts, with these seconds between them', (name, attemptsMax, seconds) => {
      const handler = TASKS[name];
      expect(handler.attemptsMax).toBe(attemptsMax);
      expect(seconds.map((_, i) => handler.retryAfterMs(i + 1) / SECOND_MS)).toEqual(seconds);
    });
  });

  describe('two worker processes, one killed at a step', () => {
    let receiver: Receiver;
    beforeAll(async () => {
      receiver = await startReceiver();
    });
    afterAll(() => receiver.close());

    /** A process of its own. Resolves with how it ended: SIGKILL, or 0 when the task was settled. */
    const work = async (killAt: string | null): Promise<unknown> => {
      const env = { ...process.env, TASKS_DATABASE: db.url, TASKS_EFFECT: receiver.url, ...(killAt ? { TASKS_KILL_AT: killAt } : {}) };
      const child = spawn(process.execPath, ['tests/contract/task-process.ts'], {
        cwd: ROOT,
        env,
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
      return signal ?? code;
    };

    it.each([
      ['claimed', 1],
      ['before-effect', 1],
      ['after-effect', 2],
      ['before-settle', 2],
      ['settled', 1],
    ])('%s: the effect happens, with %i calls of one key', async (killAt, calls) => {
      receiver.received.length = 0;
      await tasks.add({ name: NAME, key: `killed:${killAt}`, input: '{"alertId":7}', notBefore: new Date() }, new Date());
      expect(await work(killAt)).toBe('SIGKILL');
      if (killAt !== 'settled') expect(await work(null)).toBe(0);
      expect(receiver.received.map(({ headers }) => headers['idempotency-key'])).toEqual(Array(calls).fill(`killed:${killAt}`));
      const [task] = await db.database.prisma.task.findMany();
      expect(task).toMatchObject({ status: 'done', attempts: killAt === 'settled' ? 1 : 2 });
    });
  });
});
