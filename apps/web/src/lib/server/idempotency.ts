import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, Outgoing, Send } from '@assay/client';

/** Carries a form's nonce through this process; never sent. */
export const ONCE_HEADER = 'x-form-once';

/** How long a second submission waits for the first one's answer. */
const PATIENCE_MS = 10_000;
const AGAIN_MS = 250;

/**
 * The key of one call of one form. The body is part of it, so that a corrected form never meets its own earlier key; so is the address,
 * because an action may make several calls.
 */
const keyOf = (once: string, url: string, body: Outgoing['body']): string =>
  createHash('sha256')
    .update(JSON.stringify([once, new URL(url).pathname, typeof body === 'string' ? body : null]))
    .digest('hex');

/** Whether the API is still busy with an earlier request with the same key. */
function isInFlight({ status, text }: Answer): boolean {
  return status === 409 && text.includes('"IDEMPOTENCY_IN_FLIGHT"');
}

/**
 * Sends an idempotency key with each change that comes from a form with a nonce, and waits for the answer of an earlier submission that
 * is under way. It stands below the client's retries: an operation that does not honour keys must not be repeated because it has one.
 */
export const withIdempotencyKey =
  (send: Send): Send =>
  async (url, { headers: { [ONCE_HEADER]: once, ...headers }, ...rest }) => {
    if (!once || rest.method !== 'POST') return send(url, { ...rest, headers });
    const request = { ...rest, headers: { ...headers, 'idempotency-key': keyOf(once, url, rest.body) } };
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await send(url, request);
      if (!isInFlight(answer) || Date.now() > deadline) return answer;
      await wait(AGAIN_MS, undefined, rest.signal ? { signal: rest.signal } : {});
    }
  };
