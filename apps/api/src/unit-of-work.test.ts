import { Raced, type FactCount, type Reads, type Repositories, type Tx } from '@assay/core';
import type { Queryable } from '@assay/database';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { unitOfWork, type BeforeCommit } from './unit-of-work.ts';

const AT = new Date('2026-01-02T03:04:05.000Z');
const STALE_MS = 500;

let rows: string[];
let committed: string[][];
let done: unknown[];
let clock: number;
/** Errors of the coming commits, in order. */
let commitErrors: Error[];
let published: () => Promise<unknown>;

beforeEach(() => {
  [rows, committed, done, commitErrors, clock] = [[], [], [], [], 0];
  published = () => Promise.resolve(done.push('published'));
});

const repos = {
  outbox: { append: (name: string) => Promise.resolve(rows.push(name)) },
  invalidations: { add: (id: number) => Promise.resolve(rows.push(`invalidation ${id}`)) },
  audit: { append: ({ action, at }: { action: string; at: Date }) => Promise.resolve(rows.push(`${action} ${at.getTime()}`)) },
  tasks: { add: ({ key }: { key: string }) => Promise.resolve(rows.push(`task ${key}`)) },
} as unknown as Repositories;
const reads = {
  actor: { kind: 'system', name: 'test' },
  requestId: 'test',
  repos,
  now: () => new Date(AT.getTime() + clock++),
  securityEvent: (event: string) => void done.push(`security ${event}`),
} as unknown as Reads;

/** Like the database's: a transaction whose commit failed for reasons of timing begins anew, and leaves no row. */
async function transaction<T>(work: (db: Queryable) => Promise<T>): Promise<T> {
  for (;;) {
    rows = [];
    const answer = await work({} as Queryable);
    const error = commitErrors.shift();
    if (!error) {
      committed.push(rows);
      return answer;
    }
    if (error.message !== 'deadlock') throw error;
  }
}

const change = <T>(work: (tx: Tx) => Promise<T>, beforeCommit?: BeforeCommit): Promise<T> =>
  unitOfWork(
    {
      transaction,
      repositoriesOf: () => repos,
      count: (counts: readonly FactCount[]) => void done.push(...counts.map(({ metric }) => metric)),
      published: () => published(),
      enqueued: () => void done.push('woken'),
      staleMaxMs: STALE_MS,
    },
    reads,
    beforeCommit,
  )(work);

describe('a change', () => {
  it('has one moment, for everything that it writes', async () => {
    await change(async (tx) => {
      await tx.audit('password.changed', 'user', 1);
      await tx.audit('sessions.ended', 'user', 1);
    });
    expect(committed).toEqual([[`password.changed ${AT.getTime()}`, `sessions.ended ${AT.getTime()}`]]);
  });

  it('begins anew when the database gave up, and publishes, counts, reports and wakes once', async () => {
    commitErrors = [new Error('deadlock'), new Error('deadlock')];
    const attempts: number[] = [];
    const answer = await change(async (tx) => {
      attempts.push(tx.at.getTime() - AT.getTime());
      await tx.publish('profile.created', { sellerId: 7 });
      await tx.enqueue('payment.refund', { orderId: 1 }, { key: 'k' });
      tx.securityEvent('role-changed', { userId: 7 });
      return 'answer';
    });
    expect(answer).toBe('answer');
    expect(attempts).toEqual([0, 1, 2]); // each with its own moment
    expect(committed).toEqual([['profile.created', 'invalidation 1', 'task k']]);
    expect(done).toEqual(['seller_profile_creations_total', 'security role-changed', 'woken', 'published']);
  });

  it('begins anew after a lost race, and gives up after five', async () => {
    let attempts = 0;
    await change(() => (++attempts < 3 ? Promise.reject(new Raced()) : Promise.resolve()));
    expect(attempts).toBe(3);
    attempts = 0;
    await expect(change(() => (attempts++, Promise.reject(new Raced())))).rejects.toMatchObject({ code: 'EDIT_CONFLICT' });
    expect(attempts).toBe(5);
  });

  it('has no effect when it is rolled back, also of what it published before', async () => {
    const work = async (tx: Tx) => {
      await tx.publish('seller.updated', { sellerId: 7 });
      await tx.enqueue('payment.refund', { orderId: 1 });
      tx.securityEvent('role-changed', { userId: 7 });
      throw new Error('refused');
    };
    await expect(change(work)).rejects.toThrow('refused');
    commitErrors = [new Error('connection lost')];
    await expect(change((tx) => tx.publish('seller.updated', { sellerId: 7 }))).rejects.toThrow('connection lost');
    expect([committed, done]).toEqual([[], []]);
  });

  it('refuses a fact that its schema does not know, before it is written', async () => {
    await expect(change((tx) => tx.publish('seller.updated', { sellerId: 7, name: 'Ann' } as never))).rejects.toThrow();
    await expect(change((tx) => tx.publish('seller.updated', { sellerId: 0 }))).rejects.toThrow();
    expect(committed).toEqual([]);
  });

  it('completes the idempotency key in its transaction, with the answer, in each attempt', async () => {
    commitErrors = [new Error('deadlock')];
    await change(
      () => Promise.resolve('answer'),
      (_db, answer) => Promise.resolve(void rows.push(`key ${String(answer)}`)),
    );
    expect(committed).toEqual([['key answer']]);
  });

  it('waits for its own caches, but no longer than readers may be served what is stale', async () => {
    let release = () => {};
    published = () => new Promise<void>((resolve) => (release = resolve));
    const finished = vi.fn();
    const work = change((tx) => tx.publish('seller.updated', { sellerId: 7 })).then(finished);
    await vi.waitFor(() => expect(committed).toHaveLength(1), { interval: 5 });
    expect(finished).not.toHaveBeenCalled();
    release();
    await work;

    published = () => new Promise(() => {}); // never
    const begun = performance.now();
    await change((tx) => tx.publish('seller.updated', { sellerId: 7 }));
    expect(performance.now() - begun).toBeGreaterThanOrEqual(STALE_MS - 5);
    // A fact that no cache depends on is not waited for.
    await change((tx) => tx.publish('onboarding.changed', { userId: 7 }));
  });

  it('acts for another actor where a use case says so', async () => {
    const kinds: string[] = [];
    await change((tx) => Promise.resolve(kinds.push(tx.actor.kind, tx.as({ kind: 'anonymous' }).actor.kind)));
    expect(kinds).toEqual(['system', 'anonymous']);
  });
});
