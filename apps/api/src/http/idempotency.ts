import { createHash } from 'node:crypto';
import { AppError } from '@assay/core';
import { idempotencyStore } from '@assay/database';
import type { Request } from 'express';
import type { Container } from '../container.ts';
import type { BeforeCommit } from '../unit-of-work.ts';
import { exchangeOf } from './exchange.ts';

/** Longer than any request may take: after that its process is dead, and nothing of it was committed. */
const LOCK_MS = 60_000;
const KEY = /^[\x21-\x7E]{1,255}$/;

export interface Replay {
  status: number;
  body: string;
}

export interface Claim {
  /** Completes the key in the transaction of what the request does: both are there after a crash, or neither. */
  beforeCommit: BeforeCommit;
  /** The request was refused or failed and left nothing: the key is free again. */
  release(): Promise<void>;
}

/**
 * Idempotency-Key on a POST: the same key with the same body replays the answer.
 * Null without the header, or for somebody who is not signed in.
 * @param told what the caller is told of the use case's answer
 * @throws AppError VALIDATION_FAILED (key), IDEMPOTENCY_MISMATCH (another body), IDEMPOTENCY_IN_FLIGHT
 */
export async function claimIdempotencyKey(
  container: Container,
  req: Request,
  status: number,
  told: (answer: unknown) => unknown,
): Promise<Claim | Replay | null> {
  const key = req.get('idempotency-key');
  const { actor } = exchangeOf(req);
  if (key === undefined || actor.kind !== 'user') return null;
  if (!KEY.test(key)) {
    throw new AppError('VALIDATION_FAILED', {
      fields: [{ field: 'Idempotency-Key', message: 'The key is 1 to 255 visible ASCII characters.' }],
    });
  }
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const keyHash = sha256(key);
  const requestHash = sha256(JSON.stringify([req.method, req.baseUrl + req.path, req.body ?? null]));
  const now = new Date();
  const lockedUntil = new Date(now.getTime() + LOCK_MS);

  const stored = await container.idempotency.claim(actor.id, keyHash, requestHash, lockedUntil, now);
  if (stored && stored.requestHash !== requestHash) throw new AppError('IDEMPOTENCY_MISMATCH');
  if (stored?.status === 'done') return { status: stored.responseStatus ?? status, body: stored.responseBody ?? '' };
  if (stored && !(await container.idempotency.takeOver(actor.id, keyHash, lockedUntil, now))) {
    throw new AppError('IDEMPOTENCY_IN_FLIGHT', { retryAfterS: 1 });
  }
  return {
    beforeCommit: (tx, answer) => idempotencyStore(tx).complete(actor.id, keyHash, status, JSON.stringify(told(answer))),
    release: () => container.idempotency.release(actor.id, keyHash),
  };
}
