import { expect, it } from 'vitest';
import { withLastGood } from './last-good.ts';
import type { Answer, Send } from './send.ts';

const answer = (status: number, text = ''): Answer => ({ status, text, setCookies: [], header: () => null });

/** An API that answers with what the test says, and a clock that the test turns. */
function world() {
  const state = { next: answer(200, 'first') as Answer | Error, now: 1_000_000 };
  const send: Send = () => (state.next instanceof Error ? Promise.reject(state.next) : Promise.resolve(state.next));
  const shown = withLastGood(send, { answersMax: 2, ageMaxMs: 60_000, lengthMax: 10, now: () => state.now });
  const read = (url = '/a', headers: Record<string, string> = {}) => shown(url, { method: 'GET', headers });
  return { state, shown, read };
}
const away = new Error('away');

it('gives the last good answer while there is none, and says how old it is', async () => {
  const { state, read } = world();
  await read();
  for (const failure of [away, answer(503), answer(500)]) {
    state.next = failure;
    state.now += 1000;
    expect(await read()).toMatchObject({ status: 200, text: 'first', staleSince: new Date(1_000_000) });
  }
  state.next = answer(200, 'second');
  expect(await read()).toEqual(state.next);
  expect((await read()).staleSince).toBeUndefined();
});

it('does not hide a refusal, and keeps none', async () => {
  const { state, read } = world();
  await read();
  state.next = answer(404, 'gone');
  expect(await read()).toMatchObject({ status: 404 });
  state.next = away;
  expect(await read()).toMatchObject({ text: 'first' });
});

it('keeps no answers to signed-in reads or to changes', async () => {
  const { state, read, shown } = world();
  await read('/a', { cookie: 'assay_access=x' });
  await read('/b', { Authorization: 'Bearer x' });
  await shown('/c', { method: 'POST', headers: {} });
  state.next = away;
  for (const url of ['/a', '/b', '/c']) await expect(read(url)).rejects.toThrow('away');
});

it('keeps a bounded number of answers, small ones, for a bounded time', async () => {
  const { state, read } = world();
  for (const url of ['/a', '/b', '/c']) await read(url);
  state.next = answer(200, 'far too long');
  await read('/c');
  state.next = away;
  await expect(read('/a')).rejects.toThrow('away'); // the oldest of three
  await expect(read('/c')).rejects.toThrow('away'); // not what is there now
  expect(await read('/b')).toMatchObject({ text: 'first' });
  state.now += 60_001;
  await expect(read('/b')).rejects.toThrow('away');
});
