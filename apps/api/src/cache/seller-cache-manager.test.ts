import { setImmediate } from 'node:timers/promises';
import { sellerEntry, type InvalidationsRepository } from '@assay/core';
import { describe, expect, it } from 'vitest';
import { toFeedEvent, type EventFeed, type EventListener } from '../realtime/event-feed.ts';
import { createLogger } from '../logger.ts';
import { parseCached } from './part-keys.ts';
import { sellerCacheManager, STALE_MAX_MS } from './seller-cache-manager.ts';

/** A feed that knows what a test says that it knows. */
function scriptedFeed() {
  const listeners = new Set<EventListener>();
  const feed = {
    ageMs: 0,
    databaseAnswers: true,
    asked: 0,
    publish: (topic: string, subjectId: number) => {
      const payload = JSON.stringify(topic === 'vote.changed' ? { ratingId: 1, sellerId: subjectId } : { sellerId: subjectId || null });
      for (const listener of listeners) listener(toFeedEvent({ id: 1, topic, subjectId, payload, at: new Date(0) }));
    },
  };
  const port = {
    on(listener: EventListener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    isStarted: () => true,
    knownUntil: () => performance.now() - feed.ageMs,
    catchUp: () => {
      feed.asked++;
      return Promise.resolve(feed.databaseAnswers);
    },
  };
  return { feed, port: port as unknown as EventFeed };
}

function manager(enabled?: () => boolean, ttlS = 300) {
  const { feed, port } = scriptedFeed();
  const invalidations = { complete: () => Promise.resolve() } as unknown as InvalidationsRepository;
  const parts = { feed: port, redis: null, invalidations, log: createLogger('silent', 'test') };
  const cache = sellerCacheManager(parts, { ttlS, keyPrefix: 'seller:', ...(enabled ? { enabled } : {}) });
  let loads = 0;
  const read = (exact = false, load = () => Promise.resolve({ load: ++loads })) => cache.read(sellerEntry(1, true), { exact }, load);
  return { cache, feed, read };
}

describe('who is served from memory', () => {
  it('a visitor, while what was committed more than a second ago is known', async () => {
    const { cache, feed, read } = manager();
    await read();
    feed.ageMs = STALE_MAX_MS - 100;
    expect([await read(), feed.asked]).toEqual([{ load: 1 }, 0]);
    feed.ageMs = STALE_MAX_MS + 100;
    expect([await read(), feed.asked]).toEqual([{ load: 1 }, 1]); // the database was asked what is new: nothing
    feed.databaseAnswers = false;
    expect(await read()).toEqual({ load: 2 });
    expect(cache.stats()).toMatchObject({ process: { hits: 2, misses: 1, entries: 1 }, bypasses: 1, hitRate: 2 / 3 });
    await cache.close();
  });

  it('who is signed in, after the database was asked what is new', async () => {
    const { cache, feed, read } = manager();
    await read(true);
    expect([await read(true), feed.asked]).toEqual([{ load: 1 }, 2]);
    feed.databaseAnswers = false;
    expect(await read(true)).toEqual({ load: 2 });
    await cache.close();
  });

  it('no reader while it is switched off, and nothing old when it is on again', async () => {
    let on = true;
    const { cache, feed, read } = manager(() => on);
    await read();
    on = false;
    expect([await read(), cache.health()]).toEqual([{ load: 2 }, 'off']);
    feed.publish('seller.updated', 1);
    on = true;
    expect([await read(), cache.health()]).toEqual([{ load: 3 }, 'up']);
    await cache.close();
    const off = manager(undefined, 0);
    await off.read();
    expect([await off.read(), off.cache.health()]).toEqual([{ load: 2 }, 'off']);
    await off.cache.close();
  });
});

it('joins who asks for the same, but not after something changed, and keeps no failure', async () => {
  const { cache, feed, read } = manager();
  const slow = Promise.withResolvers<{ load: number }>();
  const first = read(false, () => slow.promise);
  const joined = read();
  await setImmediate(); // both are under way
  feed.publish('vote.changed', 1);
  const later = await read(true, () => Promise.resolve({ load: 42 }));
  slow.resolve({ load: 7 });
  expect([await first, await joined, later, await read()]).toEqual([{ load: 7 }, { load: 7 }, { load: 42 }, { load: 42 }]);
  feed.publish('cache.cleared', 0);
  await expect(read(false, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await read()).toEqual({ load: 1 });
  await cache.close();
});

it('its entries are frozen', async () => {
  const { cache, read } = manager();
  const value = await read();
  expect(() => (value.load = 9)).toThrow(TypeError);
  await cache.close();
});

it('what is kept is read only whole, and as this version shapes it', () => {
  const seller = {
    id: 1,
    name: 'A',
    bio: null,
    location: null,
    sellingSince: '2026-01-01T00:00:00.000Z',
    closedUntil: null,
    listingCount: 0,
    image: null,
    summary: {
      sellerId: 1,
      sellerRating: null,
      badgeAverage: null,
      totalRatings: 0,
      positiveRatings: 0,
      positivePercent: null,
      histogram: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
      isNewSeller: true,
    },
  };
  expect(parseCached('seller', JSON.stringify(seller))).toEqual(seller);
  for (const text of ['', 'null', '{"id":1', JSON.stringify({ ...seller, name: 3 }), JSON.stringify(seller).slice(0, -1)])
    expect(parseCached('seller', text)).toBeNull();
});
