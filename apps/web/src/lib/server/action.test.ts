import { Unreachable } from '@assay/client';
import { isActionFailure, isRedirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { describe, expect, it } from 'vitest';
import { cookieNames } from '@assay/contract';
import type { Flash } from '#lib/flash.ts';
import { newOnce, ONCE_FIELD } from '#lib/once.ts';
import { action } from './action.ts';
import type { FormFailure } from './failures.ts';
import { formOf, id, text } from './form.ts';

/** A request with a form, and what comes of it. */
function request(values: Record<string, string>, { signedIn = true, path = '/orders/3?/pay' } = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.append(name, value);
  const cookies = new Map<string, string>();
  const url = new URL(path, 'https://shop.example');
  const event = {
    url,
    params: {},
    request: new Request(url, { method: 'POST', body: form }),
    locals: { signedIn, once: null, api: {} },
    cookies: { set: (name: string, value: string) => void cookies.set(name, value) },
  } as unknown as RequestEvent;
  const flash = () => {
    const value = cookies.get(cookieNames(true).flash);
    return value === undefined ? null : (JSON.parse(value) as Flash);
  };
  return { event, flash };
}

/** Where the action leads, or what it answers. */
async function outcome(promise: Promise<unknown>) {
  try {
    return await promise;
  } catch (thrown) {
    if (isRedirect(thrown)) return thrown.location;
    throw thrown;
  }
}
const read = formOf({ id, comment: text });

/** The failure that a form gets. */
async function failureOf(promise: Promise<unknown>) {
  const answer = await promise;
  if (!isActionFailure(answer)) throw new Error('The form was not refused.');
  return answer as unknown as ActionFailure<FormFailure>;
}

describe('a form action', () => {
  it('calls the API with the form, and goes on with a sentence and a way back', async () => {
    const { event, flash } = request({ id: '7', comment: 'Good.' });
    const pay = action({
      read,
      call: (_api, input) => Promise.resolve(`${input.comment} ${input.id}`),
      say: ({ result }) => `Done: ${result}`,
      undo: ({ input }) => ({ label: 'Undo', action: '/ratings?/restore', id: input.id }),
      next: ({ input }) => `/orders/${input.id}`,
    });
    expect(await outcome(pay(event))).toBe('/orders/7');
    expect(flash()).toMatchObject({ message: 'Done: Good. 7', undo: { id: 7 } });
  });

  it('gives the API the form’s nonce, as long as the call lasts', async () => {
    const once = newOnce();
    const { event } = request({ [ONCE_FIELD]: once });
    let seen: string | null = null;
    const call = () => Promise.resolve(void (seen = event.locals.once));
    await action({ call })(event);
    expect([seen, event.locals.once]).toEqual([once, null]);
    for (const [values, looks] of [
      [{ [ONCE_FIELD]: once }, true],
      [{ [ONCE_FIELD]: 'no nonce' }, false],
      [{}, false],
    ] as const) {
      const { event: other } = request(values);
      await action({ call: () => Promise.resolve(void (seen = other.locals.once)), looks })(other);
      expect(seen).toBeNull();
    }
  });

  it('keeps what was typed where the API refuses it, but no password and no nonce', async () => {
    const once = newOnce();
    const { event, flash } = request({ comment: 'Good.', password: 'secret', current: 'secret', [ONCE_FIELD]: once });
    const call = () => Promise.reject(new Unreachable(new Error('away')));
    const pay = action({ read, call, say: 'Done.', next: '/', refused: () => Promise.resolve({ version: '4' }) });
    const answer = await failureOf(pay(event));
    expect(answer).toMatchObject({
      status: 503,
      data: { code: 'UNAVAILABLE', values: { comment: 'Good.', version: '4' } },
    });
    expect(Object.keys(answer.data.values).toSorted()).toEqual(['comment', 'version']);
    expect([flash(), event.locals.once]).toEqual([null, null]);
  });

  it('names the fields that cannot be read, without asking the API', async () => {
    const { event } = request({ comment: 'Good.' });
    const strict = read.refine(({ id: seller }) => !Number.isNaN(seller), { path: ['id'], error: 'Choose a seller.' });
    const answer = await failureOf(action({ read: strict, call: () => Promise.reject(new Error('asked')) })(event));
    expect(answer).toMatchObject({
      status: 400,
      data: { code: 'VALIDATION_FAILED', fields: { id: 'Choose a seller.' }, values: { comment: 'Good.' } },
    });
  });

  it('leaves a fault of the pages to the error page', async () => {
    const { event } = request({});
    await expect(action({ call: () => Promise.reject(new TypeError('a bug')) })(event)).rejects.toThrow('a bug');
    expect(event.locals.once).toBeNull();
  });

  it('may show the answer instead of going on', async () => {
    const definition = { call: () => Promise.resolve(2), show: ({ result }: { result: number }) => ({ result }), next: '/elsewhere' };
    expect(await outcome(action(definition)(request({}).event))).toEqual({ result: 2 });
    expect(await outcome(action({ ...definition, show: () => null })(request({}).event))).toBe('/elsewhere');
  });

  it('sends visitors to sign in first, and back to the page; or lets them', async () => {
    const call = () => Promise.resolve('called');
    const visitor = () => request({}, { signedIn: false }).event;
    expect(await outcome(action({ call })(visitor()))).toBe('/sign-in?next=%2Forders%2F3');
    expect(await outcome(action({ call, back: () => '/sellers/2?follow=1' })(visitor()))).toBe('/sign-in?next=%2Fsellers%2F2%3Ffollow%3D1');
    expect(await outcome(action({ call, open: true, next: '/' })(visitor()))).toBe('/');
  });
});
