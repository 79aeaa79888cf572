import type { Answer, Send } from './send.ts';

export interface LastGoodOptions {
  /** How many answers are kept; the oldest goes first. */
  answersMax?: number;
  /** Larger ones, in characters, are not kept. */
  lengthMax?: number;
  /** How old an answer may be that is given instead of none, in milliseconds. */
  ageMaxMs?: number;
  now?: () => number;
  /**
   * The key of an answer: requests that get the same answer have the same key. Null for private answers, which are not kept.
   */
  keyOf?: (url: string, headers: Record<string, string>) => string | null;
}

const DEFAULTS = { answersMax: 200, lengthMax: 256_000, ageMaxMs: 3_600_000, now: Date.now };

/** Reads without cookie or token are public. */
const keyOfPublic: NonNullable<LastGoodOptions['keyOf']> = (url, headers) =>
  Object.keys(headers).some((name) => /^(cookie|authorization)$/i.test(name)) ? null : url;

/** What was known last, by key: a bounded number, for a bounded time. */
export interface LastGood<T> {
  keep(key: string, value: T): void;
  /** Null when there is none, or none that is young enough. */
  last(key: string): { value: T; since: Date } | null;
  forget(key: string): void;
}

export function lastGood<T>(options: Pick<LastGoodOptions, 'answersMax' | 'ageMaxMs' | 'now'> = {}): LastGood<T> {
  const { answersMax, ageMaxMs, now } = { ...DEFAULTS, ...options };
  const kept = new Map<string, { value: T; at: number }>();
  return {
    keep(key, value) {
      kept.delete(key);
      if (kept.size >= answersMax) kept.delete(kept.keys().next().value!);
      kept.set(key, { value, at: now() });
    },
    last(key) {
      const found = kept.get(key);
      return found && now() - found.at <= ageMaxMs ? { value: found.value, since: new Date(found.at) } : null;
    },
    forget: (key) => void kept.delete(key),
  };
}

/**
 * Keeps the last good answer to each public read, and gives it, marked with its age, while the API does not answer. What is shown then
 * says so: {@link Answer.staleSince}.
 */
export function withLastGood(send: Send, options: LastGoodOptions = {}): Send {
  const { lengthMax, keyOf } = { ...DEFAULTS, keyOf: keyOfPublic, ...options };
  const kept = lastGood<Answer>(options);
  const lastOf = (key: string): Answer | null => {
    const found = kept.last(key);
    return found && { ...found.value, staleSince: found.since };
  };
  return async (url, request) => {
    const key = request.method === 'GET' ? keyOf(url, request.headers) : null;
    if (key === null) return send(url, request);
    try {
      const answer = await send(url, request);
      if (answer.status < 300 && answer.text.length <= lengthMax) kept.keep(key, answer);
      else if (answer.status < 300) kept.forget(key);
      return answer.status >= 500 ? (lastOf(key) ?? answer) : answer;
    } catch (error) {
      const last = request.signal?.aborted ? null : lastOf(key);
      if (last) return last;
      throw error;
    }
  };
}
