import { describe, expect, it } from 'vitest';
import { recentHits, rateOf } from './hit-rate.ts';
import { processLevel } from './process-level.ts';

const MINUTE_MS = 60_000;

describe('the level of one process', () => {
  const kept = (since: number, value = { n: 1 }) => ({ value, tags: ['all', 'seller:1'] as const, since, characters: 10 });

  it('holds an entry until one of its tags is invalidated, and no longer', () => {
    const level = processLevel();
    level.set('a', kept(level.now()), MINUTE_MS);
    level.invalidate(['seller:2', 'storefront']);
    expect(level.get('a')).toEqual({ n: 1 });
    expect(level.look('a')).toMatchObject({ current: true, characters: 10 });
    level.invalidate(['seller:1']);
    expect(level.look('a')).toMatchObject({ current: false });
    expect(level.get('a')).toBeUndefined();
    expect(level.size()).toEqual({ entries: 0, characters: 0 });
  });

  it('takes nothing whose load began before an invalidation, however late it comes', () => {
    const level = processLevel();
    const began = level.now();
    level.invalidate(['all']);
    level.set('a', kept(began), MINUTE_MS);
    expect(level.get('a')).toBeUndefined();
    level.set('a', kept(level.now()), MINUTE_MS);
    expect(level.get('a')).toEqual({ n: 1 });
  });

  it('forgets too much rather than too little when there are more tags than it counts', () => {
    const level = processLevel();
    level.set('a', kept(level.now()), MINUTE_MS);
    const [before, tags] = [level.now(), Array.from({ length: 60_000 }, (_, i): `seller:${number}` => `seller:${i + 2}`)];
    for (const tag of tags) level.invalidate([tag]);
    expect(level.get('a')).toBeUndefined();
    level.set('a', kept(before), MINUTE_MS);
    expect(level.get('a')).toBeUndefined();
    level.set('a', kept(level.now()), MINUTE_MS);
    expect(level.get('a')).toEqual({ n: 1 });
  });

  it('is bounded by entries', () => {
    const level = processLevel();
    for (let i = 0; i < 6000; i++) level.set(`${i}`, kept(level.now()), MINUTE_MS);
    expect(level.size().entries).toBe(5000);
    expect(level.get('0')).toBeUndefined();
  });
});

it('the hit rate is that of the last five minutes', () => {
  let now = 0;
  const recent = recentHits(() => now);
  expect(rateOf(recent.sum())).toBeNull();
  recent.add(false);
  now = 4 * MINUTE_MS;
  for (let i = 0; i < 3; i++) recent.add(true);
  expect(rateOf(recent.sum())).toBe(0.75);
  now = 5 * MINUTE_MS + 10_000;
  expect(recent.sum()).toEqual({ hits: 3, misses: 0 });
  recent.add(true);
  now = 20 * MINUTE_MS;
  expect(recent.sum()).toEqual({ hits: 0, misses: 0 });
});
