import { expect, it } from 'vitest';
import { lastGood } from './last-good.ts';
import type { Send } from './send.ts';
import { apiErrorOf, createApiClient, type Read } from './trpc.ts';
import { Unreachable } from './resilience.ts';

/** A tRPC API that counts, or is away. */
function world() {
  const state = { away: false, status: 200, asked: [] as string[], keys: [] as (string | undefined)[] };
  const send: Send = (url, { headers }) => {
    state.keys.push(headers['idempotency-key']);
    const paths = new URL(url).pathname.slice('/trpc/'.length).split(',');
    state.asked.push(paths.join(','));
    if (state.away) return Promise.reject(new Unreachable(new Error('away')));
    const n = state.asked.length;
    const one =
      state.status < 400
        ? { result: { data: { n } } }
        : {
            error: {
              message: 'No.',
              code: -32_000,
              data: { httpStatus: state.status, app: { code: 'NOT_FOUND', fields: [], requestId: 'r' } },
            },
          };
    const text = JSON.stringify(url.includes('batch=1') ? paths.map(() => one) : one);
    return Promise.resolve({ status: state.status, text, setCookies: [], header: () => null });
  };
  const kept = lastGood<Read>();
  const stale: Date[] = [];
  const visitor = createApiClient({ url: 'http://api.test/trpc', send, lastGood: kept, onStale: (since) => stale.push(since) });
  const member = createApiClient({ url: 'http://api.test/trpc', send });
  return { state, stale, visitor, member };
}

it('reads of one moment travel together, and each is kept for itself', async () => {
  const { state, stale, visitor } = world();
  await Promise.all([visitor.sellers.get.query({ id: 1 }), visitor.sellers.storefront.query()]);
  expect(state.asked).toEqual(['sellers.get,sellers.storefront']);
  state.away = true;
  expect(await visitor.sellers.get.query({ id: 1 })).toEqual({ n: 1 });
  expect(stale).toHaveLength(1);
  await expect(visitor.sellers.get.query({ id: 2 })).rejects.toThrow();
  state.away = false;
  expect(await visitor.sellers.get.query({ id: 1 })).not.toEqual({ n: 1 });
  expect(stale).toHaveLength(1);
});

it('a refusal stands, a fault does not take away what was known', async () => {
  const { state, visitor } = world();
  await visitor.sellers.get.query({ id: 1 });
  state.status = 404;
  await expect(visitor.sellers.get.query({ id: 1 })).rejects.toThrow('No.');
  state.status = 500;
  expect(await visitor.sellers.get.query({ id: 1 })).toEqual({ n: 1 });
});

it('a change sends its idempotency key as a header, alone in its request; a read sends none', async () => {
  const { state, visitor } = world();
  const context = { idempotencyKey: '9f1c' };
  await Promise.all([visitor.orders.place.mutate({ listingId: 1 }, { context }), visitor.orders.place.mutate({ listingId: 2 })]);
  await visitor.sellers.get.query({ id: 1 }, { context });
  expect(state.asked).toEqual(['orders.place', 'orders.place', 'sellers.get']);
  expect(state.keys).toEqual(['9f1c', undefined, undefined]);
});

it('a signed-in reader is shown nothing old, and gets the error', async () => {
  const { state, visitor, member } = world();
  await visitor.sellers.get.query({ id: 1 });
  state.away = true;
  const error: unknown = await member.sellers.get.query({ id: 1 }).catch((thrown: unknown) => thrown);
  expect(apiErrorOf(error)).toMatchObject({ code: 'UNAVAILABLE', status: 503 });
  await expect(member.orders.place.mutate({ listingId: 1 })).rejects.toThrow();
  expect(apiErrorOf(new Error('a bug'))).toBeNull();
});
