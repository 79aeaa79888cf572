import { describe, expect, it } from 'vitest';
import { findSpikes, SPIKE_ALPHA, SPIKE_HOURS, spikeProbability } from './spikes.ts';

describe('the probability of a busy hour', () => {
  // scipy 1.17: nbinom.sf(k - 1, before + 0.5, hours / (hours + 1))
  it.each([
    [5, 0, 1.7835870748190586e-15],
    [5, 10, 1.762508608281925e-11],
    [20, 672, 2.0721687640732288e-19],
    [3, 3, 4.7231989451650205e-8],
    [48, 100, 2.825423396832175e-97],
  ])('of %i ratings after %i in four weeks', (thisHour, before, probability) => {
    expect(spikeProbability(thisHour, before) / probability).toBeCloseTo(1, 6);
  });

  it('of no rating at all is one', () => {
    expect(spikeProbability(0, 12)).toBe(1);
  });
});

describe('spikes', () => {
  const pace = (thisHour: number, before: number) => ({ sellerId: 1, sellerName: 'Shop', thisHour, before });

  it('are found: a newsletter, a bought crowd', () => {
    expect(findSpikes([pace(48, 90)], 1284)).toHaveLength(1);
    expect(findSpikes([pace(12, 0)], 10_000)).toHaveLength(1);
  });

  it('are not a good hour of a busy seller, nor the first ratings of a small one', () => {
    expect(findSpikes([pace(9, 1500), pace(4, 0)], 1000)).toEqual([]);
  });

  it('are false alarms no more often than promised: sellers whose ratings are nothing but chance', () => {
    // A seeded generator (mulberry32), so that the test says the same each time.
    let state = 20_261_124;
    const random = () => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
    };
    const poisson = (mean: number) => {
      if (mean > 30)
        return Math.max(0, Math.round(mean + Math.sqrt(mean) * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())));
      let k = 0;
      for (let p = random(); p > Math.exp(-mean); p *= random()) k++;
      return k;
    };
    const SELLERS = 100;
    const HOURS = 4000;
    let hoursWithAlarm = 0;
    for (let hour = 0; hour < HOURS; hour++) {
      const paces = Array.from({ length: SELLERS }, (_, i) => {
        const perHour = 2 ** (i % 8) / 16; // from one in sixteen hours to eight an hour
        return { ...pace(poisson(perHour), poisson(perHour * SPIKE_HOURS)), sellerId: i };
      });
      if (findSpikes(paces, SELLERS).length > 0) hoursWithAlarm++;
    }
    // Four are expected at most; more than fourteen would come in less than one of 10,000 such tests.
    expect(hoursWithAlarm / HOURS).toBeLessThanOrEqual(3.5 * SPIKE_ALPHA);
  });
});
