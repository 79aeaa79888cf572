import type { Store } from 'express-rate-limit';
import { expect, it } from 'vitest';
import { sharedCounts } from './shared-counts.ts';

/** A Redis that knows a script once it was loaded. `late` makes it answer nothing in time. */
function fakeRedis() {
  const loaded = new Set<string>();
  const sent: string[] = [];
  let hits = 0;
  const redis = {
    keyTag: '',
    late: false,
    sent,
    isUp: () => true,
    async send([name, first]: string[]) {
      sent.push(name!);
      if (redis.late) throw new Error('no answer within 500 ms');
      if (name === 'SCRIPT') return void loaded.add('it') as never;
      if (loaded.size === 0) throw new Error(`NOSCRIPT No matching script: ${first}`);
      return [++hits, 60_000];
    },
  };
  return redis;
}
const open = async (redis: ReturnType<typeof fakeRedis>) => {
  const store: Store = sharedCounts(redis)('test:');
  await store.init!({ windowMs: 60_000 } as Parameters<NonNullable<Store['init']>>[0]);
  return store;
};

it('counts in Redis, although Redis did not answer in time when the scripts were loaded', async () => {
  const redis = fakeRedis();
  redis.late = true;
  const store = await open(redis);
  redis.late = false;
  redis.sent.length = 0;
  expect((await store.increment('a')).totalHits).toBe(1);
  expect(redis.sent).toEqual(['EVALSHA', 'SCRIPT', 'EVALSHA']);
});

it('counts in this process while Redis is late, and in Redis again afterwards', async () => {
  const redis = fakeRedis();
  const store = await open(redis);
  expect((await store.increment('a')).totalHits).toBe(1);
  redis.late = true;
  expect((await store.increment('a')).totalHits).toBe(1);
  redis.late = false;
  expect((await store.increment('a')).totalHits).toBe(2);
});
