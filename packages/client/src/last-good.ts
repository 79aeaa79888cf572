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
   * Under what an answer is kept: requests that get the same answer have the same key. Null: it is somebody's own, and nobody else's
   * to see.
   */
  keyOf?: (url: string, headers: Record<string, string>) => string | null;
}

const DEFAULTS = { answersMax: 200, lengthMax: 256_000, ageMaxMs: 3_600_000, now: Date.now };

/** Reads without cookie or token are the same for everybody. */
const keyOfPublic: NonNullable<LastGoodOptions['keyOf']> = (url, headers) =>
  Object.keys(headers).some((name) => /^(cookie|authorization)$/i.test(name)) ? null : url;

/**
 * Keeps the last good answer to each public read, and gives it, marked with its age, while the API does not answer. What is shown then
 * says so: {@link Answer.staleSince}.
 */
export function withLastGood(send: Send, options: LastGoodOptions = {}): Send {
  const { answersMax, lengthMax, ageMaxMs, now, keyOf } = { ...DEFAULTS, keyOf: keyOfPublic, ...options };
  const kept = new Map<string, { answer: Answer; at: number }>();
  const keep = (key: string, answer: Answer) => {
    kept.delete(key);
    if (answer.text.length > lengthMax) return;
    if (kept.size >= answersMax) kept.delete(kept.keys().next().value!);
    kept.set(key, { answer, at: now() });
  };
  const lastOf = (key: string): Answer | null => {
    const last = kept.get(key);
    return last && now() - last.at <= ageMaxMs ? { ...last.answer, staleSince: new Date(last.at) } : null;
  };
  return async (url, request) => {
    const key = request.method === 'GET' ? keyOf(url, request.headers) : null;
    if (key === null) return send(url, request);
    try {
      const answer = await send(url, request);
      if (answer.status < 300) keep(key, answer);
      return answer.status >= 500 ? (lastOf(key) ?? answer) : answer;
    } catch (error) {
      const last = request.signal?.aborted ? null : lastOf(key);
      if (last) return last;
      throw error;
    }
  };
}
