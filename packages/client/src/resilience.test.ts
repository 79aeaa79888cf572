import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { resilient, Unreachable } from './resilience.ts';
import type { Answer, Outgoing, Send } from './send.ts';

const answer = (status: number, headers: Record<string, string> = {}): Answer => ({
  status,
  text: '',
  setCookies: [],
  header: (name) => headers[name] ?? null,
});
const read: Outgoing = { method: 'GET', headers: {} };
const change: Outgoing = { method: 'POST', headers: {}, body: '{}' };
const repeatable: Outgoing = { ...change, headers: { 'Idempotency-Key': 'k-1' } };

const refused = Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
const reset = Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What is behind the wire: each call takes the next of these, the last one again and again. */
function wire(...outcomes: (Answer | Error)[]) {
  const at: number[] = [];
  const send: Send = () => {
    const outcome = outcomes[Math.min(at.length, outcomes.length - 1)]!;
    at.push(Date.now());
    return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
  };
  return { send, at };
}

async function settle<T>(promise: Promise<T>): Promise<T | Error> {
  const settled = promise.catch((error: unknown) => error as Error);
  await vi.runAllTimersAsync();
  return settled;
}

it.each<[string, Outgoing, (Answer | Error)[], number, number | string]>([
  ['a read that is refused for a moment', read, [answer(503), answer(502), answer(200)], 3, 200],
  ['a read whose connection breaks', read, [reset, answer(200)], 2, 200],
  ['a read that never gets through', read, [reset], 3, 'Unreachable'],
  ['a read that stays refused', read, [answer(503)], 3, 503],
  ['a read that meets a fault', read, [answer(500), answer(200)], 1, 500],
  ['a read of nothing', read, [answer(404), answer(200)], 1, 404],
  ['a change whose connection breaks: it may have been made', change, [reset, answer(201)], 1, 'Unreachable'],
  ['a change that is refused', change, [answer(503), answer(201)], 1, 503],
  ['a change that never left', change, [refused, answer(201)], 2, 201],
  ['a change that is done once however often it is sent', repeatable, [reset, answer(503), answer(201)], 3, 201],
])('%s', async (_name, request, outcomes, sent, result) => {
  const { send, at } = wire(...outcomes);
  const got = await settle(resilient(send)('/x', request));
  expect(at).toHaveLength(sent);
  expect(got instanceof Error ? got.name : got.status).toBe(result);
});

it('waits longer each time, at random up to a bound, and as long as the API asks for', async () => {
  const waits = async (random: number, retryAfter?: string) => {
    const { send, at } = wire(answer(503, retryAfter ? { 'retry-after': retryAfter } : {}));
    await settle(resilient(send, { retries: 4, waitMaxMs: 1000, random: () => random })('/x', read));
    return at.slice(1).map((time, i) => time - at[i]!);
  };
  expect(await waits(1)).toEqual([200, 400, 800, 1000]);
  expect(await waits(0)).toEqual([0, 0, 0, 0]);
  expect(await waits(0, '1')).toEqual([1000, 1000, 1000, 1000]);
  expect(await waits(0, '60')).toEqual([]); // too long to wait: the caller gets the answer
});

it('sends nothing to an API that fails repeatedly, fails callers at once, and comes back by one request', async () => {
  const { send, at } = wire(...Array.from({ length: 4 }, () => reset), answer(200));
  const steady = resilient(send, { retries: 0, failuresMax: 4, coolDownMs: 3000 });
  for (let i = 0; i < 4; i++) await settle(steady('/x', read));
  const alone = await settle(steady('/x', change));
  expect(at).toHaveLength(4);
  expect(alone).toBeInstanceOf(Unreachable);
  expect((alone as Unreachable).unsent).toBe(true); // so that a form may say that nothing was done
  await vi.advanceTimersByTimeAsync(3000);
  expect(await settle(steady('/x', read))).toMatchObject({ status: 200 });
  expect(await settle(steady('/x', read))).toMatchObject({ status: 200 });
  expect(at).toHaveLength(6);
});

it('does not take a page that was left for a failure of the API', async () => {
  const steady = resilient(
    (_url, { signal }) => new Promise((_resolve, reject) => signal!.addEventListener('abort', () => reject(new Error('aborted')))),
    {
      retries: 0,
      failuresMax: 1,
    },
  );
  const given = new AbortController();
  const pending = steady('/x', { ...read, signal: given.signal });
  given.abort(new Error('left'));
  await expect(pending).rejects.toThrow('left');
  const second = new AbortController();
  const next = steady('/x', { ...read, signal: second.signal }); // the breaker would refuse it
  second.abort(new Error('left again'));
  await expect(next).rejects.toThrow('left again');
});

it('ends an attempt that takes too long', async () => {
  vi.useRealTimers(); // AbortSignal.timeout is the platform's
  const hanging: Send = (_url, { signal }) =>
    new Promise((_resolve, reject) => signal!.addEventListener('abort', () => reject(signal!.reason as Error)));
  await expect(resilient(hanging, { timeoutMs: 20, retries: 1, random: () => 0 })('/x', read)).rejects.toBeInstanceOf(Unreachable);
});
