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
/** Stored when the change is committed and its answer is not known yet. */
const UNKNOWN = '';

/** A change as a transport sends it. */
export interface KeyedCall {
  /** What the key stands for: where it was sent, and with which input. */
  request: readonly unknown[];
  status: number;
  /** The use case answers nothing, or the transport does not pass it on. */
  silent: boolean;
  /** Is it the use case's answer, and not what one of its transactions returns? */
  accepts(answer: unknown): boolean;
  /** The answer as the transport sends it. */
  textOf(answer: unknown): string;
}

export type Outcome = { replayed: true; status: number; text: string } | { replayed: false; answer: unknown };

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * Runs a change once for each idempotency key of a signed-in caller: the same key with the same request replays the answer. The key
 * is completed in the transaction of the change, so that after a crash both are there or neither. Where a use case answers more than
 * its transaction does, the answer follows right after the commit; a crash in between leaves a key that answers EDIT_CONFLICT.
 * @throws AppError VALIDATION_FAILED (key), IDEMPOTENCY_MISMATCH (another request), IDEMPOTENCY_IN_FLIGHT, EDIT_CONFLICT
 */
export async function runOnce(
  container: Container,
  req: Request,
  call: KeyedCall,
  work: (beforeCommit?: BeforeCommit) => unknown,
): Promise<Outcome> {
  const key = req.get('idempotency-key');
  const { actor } = exchangeOf(req);
  if (key === undefined || actor.kind !== 'user') return { replayed: false, answer: await work() };
  if (!KEY.test(key)) {
    throw new AppError('VALIDATION_FAILED', {
      fields: [{ field: 'Idempotency-Key', message: 'The key is 1 to 255 visible ASCII characters.' }],
    });
  }
  const { id: userId } = actor;
  const [keyHash, requestHash] = [sha256(key), sha256(JSON.stringify(call.request))];
  const known = await claim(container, userId, keyHash, requestHash);
  if (known) return replay(known, call);

  const { status, silent } = call;
  let stored: string | null = null;
  const complete = (keys: Container['idempotency'], text: string) => keys.complete(userId, keyHash, status, (stored = text));
  try {
    const answer = await work((tx, answered) =>
      complete(idempotencyStore(tx), silent || !call.accepts(answered) ? UNKNOWN : call.textOf(answered)),
    );
    const text = silent ? UNKNOWN : call.textOf(answer);
    if (stored !== text) await complete(container.idempotency, text);
    return { replayed: false, answer };
  } catch (error) {
    await container.idempotency.release(userId, keyHash);
    throw error;
  }
}

interface Known {
  status: number | null;
  text: string | null;
}

/** Null when the key is this request's now. @throws AppError IDEMPOTENCY_MISMATCH, IDEMPOTENCY_IN_FLIGHT */
async function claim({ idempotency }: Container, userId: number, keyHash: string, requestHash: string): Promise<Known | null> {
  const now = new Date();
  const lockedUntil = new Date(now.getTime() + LOCK_MS);
  const stored = await idempotency.claim(userId, keyHash, requestHash, lockedUntil, now);
  if (!stored) return null;
  if (stored.requestHash !== requestHash) throw new AppError('IDEMPOTENCY_MISMATCH');
  if (stored.status === 'done') return { status: stored.responseStatus, text: stored.responseBody };
  if (await idempotency.takeOver(userId, keyHash, lockedUntil, now)) return null;
  throw new AppError('IDEMPOTENCY_IN_FLIGHT', { retryAfterS: 1 });
}

/** @throws AppError EDIT_CONFLICT when the change is there and its answer was lost: the caller must look at it again */
function replay({ status, text }: Known, call: KeyedCall): Outcome {
  if (!text && !call.silent) throw new AppError('EDIT_CONFLICT');
  return { replayed: true, status: status ?? call.status, text: text ?? '' };
}
