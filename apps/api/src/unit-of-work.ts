import { AppError, emptyChangeLog, openTx, Raced, type Context, type FactCount, type Reads, type Repositories } from '@assay/core';
import type { Queryable } from '@assay/database';
import { atMost } from './at-most.ts';

/** Attempts at a change that loses its race each time. */
const ATTEMPTS = 5;

/** Runs at the end of a change, in its transaction, with the answer of the use case. */
export type BeforeCommit = (db: Queryable, answer: unknown) => Promise<void>;

export interface UnitOfWorkParts {
  /** Runs `work` in one transaction; again when the database gave up for reasons of timing. */
  transaction: <T>(work: (db: Queryable) => Promise<T>) => Promise<T>;
  repositoriesOf: (db: Queryable) => Repositories;
  /** Counts what was committed. */
  count: (counts: readonly FactCount[]) => void;
  /** Facts were committed. Resolves when this process has read them: its caches are right then. */
  published: () => Promise<unknown>;
  /** Tasks were committed. */
  enqueued: () => void;
  /** Readers are served nothing that is older than this, in milliseconds. */
  staleMaxMs: number;
}

/**
 * The implementation of `Context.change`: begins a transaction, runs the work, commits, then counts, reports security events, wakes the worker, and waits until
 * the caches of this process know what they lost. Nothing of an attempt that was rolled back has any effect.
 */
export function unitOfWork(parts: UnitOfWorkParts, reads: Reads, beforeCommit?: BeforeCommit): Context['change'] {
  return async (work) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await change(parts, reads, work, beforeCommit);
      } catch (error) {
        if (!(error instanceof Raced)) throw error;
        if (attempt >= ATTEMPTS) throw new AppError('EDIT_CONFLICT');
      }
    }
  };
}

async function change<T>(
  { transaction, repositoriesOf, count, published, enqueued, staleMaxMs }: UnitOfWorkParts,
  reads: Reads,
  work: Parameters<Context['change']>[0],
  beforeCommit: BeforeCommit | undefined,
): Promise<T> {
  let log = emptyChangeLog();
  const answer = await transaction(async (db) => {
    log = emptyChangeLog(); // it may be another attempt
    const result = await work(openTx(reads, repositoriesOf(db), log));
    await beforeCommit?.(db, result);
    return result as T;
  });
  count(log.counts);
  for (const event of log.securityEvents) reads.securityEvent(...event);
  if (log.enqueued) enqueued();
  const read = log.published ? published() : null;
  if (read && log.invalidated) await atMost(staleMaxMs, read);
  return answer;
}
