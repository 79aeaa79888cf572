import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
  wrap,
  type IRetryBackoffContext,
} from 'cockatiel';
import type { Answer, Outgoing, Send } from './send.ts';

export interface ResilienceOptions {
  /** How long one attempt may take, in milliseconds. */
  timeoutMs?: number;
  /** How often a request that may be repeated is sent again. */
  retries?: number;
  /** The longest wait between two attempts, in milliseconds; the first ones are shorter. */
  waitMaxMs?: number;
  /** After so many failures in a row nothing is sent for `coolDownMs`: callers fail at once. */
  failuresMax?: number;
  coolDownMs?: number;
  /** A random number from 0 to 1, for the jitter. */
  random?: () => number;
}

const DEFAULTS = { timeoutMs: 10_000, retries: 2, waitMaxMs: 2000, failuresMax: 8, coolDownMs: 3000, random: Math.random };
const FIRST_WAIT_MS = 100;

/** There was no answer, or the API has failed so often that it was not asked. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  /** True when the request never left: it is as if it had not been made. */
  readonly unsent: boolean;
  constructor(cause: unknown) {
    super('The API does not answer.', { cause });
    this.unsent = cause instanceof BrokenCircuitError || neverSent(cause);
  }
}

/** The caller does not want the answer any more: nothing that the API has done. */
class GivenUp extends Error {}

const NEVER_SENT = new Set<unknown>(['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT']);

/** No connection came about. */
function neverSent(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
  return NEVER_SENT.has(code) || NEVER_SENT.has(cause?.code);
}

/** A gateway or the API itself says that it cannot work now. Status 500 is not among them: that is a fault, and comes again. */
const isDown = ({ status }: Answer) => status === 502 || status === 503 || status === 504;

/** Reads change nothing, and an Idempotency-Key makes the API do a change once, however often it is asked. */
const isSafeToRepeat = ({ method, headers }: Outgoing) =>
  method === 'GET' || method === 'HEAD' || Object.keys(headers).some((name) => name.toLowerCase() === 'idempotency-key');

/** When the API wants to be asked again, in milliseconds from now; 0 where it says nothing. */
const askedMs = (answer: Answer | undefined) => Number(answer?.header('retry-after') ?? 0) * 1000 || 0;

/**
 * Sends requests so that a short outage is not noticed and a long one is not made worse: time limits, retries with jitter for what is
 * safe to repeat, and a circuit breaker. One for each API and process: the breaker counts what all callers meet.
 * @throws Unreachable when there was no answer; the reason of `signal` when the caller gave up
 */
export function resilient(send: Send, options: ResilienceOptions = {}): Send {
  const { timeoutMs, retries, waitMaxMs, failuresMax, coolDownMs, random } = { ...DEFAULTS, ...options };
  const breaker = circuitBreaker(
    handleWhen((error) => !(error instanceof GivenUp)).orWhenResult((answer) => isDown(answer as Answer)),
    { halfOpenAfter: coolDownMs, breaker: new ConsecutiveBreaker(failuresMax) },
  );
  // Twice as long each time, anywhere up to that (full jitter), and never less than the API has asked for.
  const backoff = new DelegateBackoff<IRetryBackoffContext<unknown>>(({ attempt, result }) =>
    Math.max(
      askedMs('value' in result ? (result.value as Answer) : undefined),
      random() * Math.min(waitMaxMs, FIRST_WAIT_MS * 2 ** attempt),
    ),
  );
  const again = (request: Outgoing) => {
    const safe = isSafeToRepeat(request);
    const failed = (error: unknown) => !(error instanceof BrokenCircuitError || error instanceof GivenUp) && (safe || neverSent(error));
    const refused = (answer: Answer) => safe && (isDown(answer) || answer.status === 429) && askedMs(answer) <= waitMaxMs;
    return retry(
      handleWhen(failed).orWhenResult((answer) => refused(answer as Answer)),
      { maxAttempts: retries, backoff },
    );
  };
  const attempt = async (url: string, request: Outgoing): Promise<Answer> => {
    const { signal } = request;
    try {
      return await send(url, { ...request, signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]) });
    } catch (error) {
      throw signal?.aborted ? new GivenUp() : error;
    }
  };
  return async (url, request) => {
    const { signal } = request;
    signal?.throwIfAborted();
    try {
      return await wrap(again(request), breaker).execute(() => attempt(url, request), signal);
    } catch (error) {
      signal?.throwIfAborted();
      throw new Unreachable(error);
    }
  };
}
