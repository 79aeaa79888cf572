import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketOf, isRatingOn } from './rollout.ts';

const userId = fc.integer({ min: 1, max: 2_147_483_647 });
const on = (percentage: number, id: number, enabled = true) => isRatingOn({ enabled, percentage }, id);

describe('ratings are switched on', () => {
  it('for nobody at 0 %, for everybody at 100 %, for nobody when the feature is off', () => {
    fc.assert(
      fc.property(userId, fc.nat(100), (id, percentage) => {
        expect([on(0, id), on(100, id), on(percentage, id, false)]).toEqual([false, true, false]);
      }),
    );
  });

  it('for whoever had them at a smaller share', () => {
    fc.assert(
      fc.property(userId, fc.nat(100), fc.nat(100), (id, a, b) => {
        if (on(Math.min(a, b), id)) expect(on(Math.max(a, b), id)).toBe(true);
      }),
    );
  });

  it('from exactly one percentage on, which is a user’s own', () => {
    fc.assert(
      fc.property(userId, (id) => {
        const bucket = bucketOf(id);
        expect(Number.isInteger(bucket) && bucket >= 0 && bucket <= 99).toBe(true);
        expect([on(bucket, id), on(bucket + 1, id)]).toEqual([false, true]);
      }),
    );
  });

  // If one of these changes, a deployment takes the feature away from people who have it.
  it.each([
    [1, 27],
    [2, 78],
    [3, 87],
    [42, 72],
    [1000, 28],
    [2_147_483_647, 80],
  ])('for user %i above %i %, today and with every later version', (id, bucket) => {
    expect(bucketOf(id)).toBe(bucket);
  });

  it.each([1, 10, 25, 50, 99])('for roughly %i % of the users, whoever they are', (percentage) => {
    const share = (from: number, step: number) =>
      Array.from({ length: 20_000 }, (_, i) => on(percentage, from + i * step)).filter(Boolean).length / 200;
    for (const [from, step] of [
      [1, 1],
      [1_000_000, 1],
      [7, 100],
      [4, 4096],
    ] as const)
      expect(Math.abs(share(from, step) - percentage), `from ${from} in steps of ${step}`).toBeLessThan(1.5);
  });
});
