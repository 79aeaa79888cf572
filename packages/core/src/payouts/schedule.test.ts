import { PAYOUT_INTERVALS } from '@assay/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextPayoutAt } from './schedule.ts';

const at = (text: string) => new Date(text);
const moment = fc.date({ min: at('2000-01-01T00:00:00Z'), max: at('2099-12-31T00:00:00Z'), noInvalidDate: true });

describe('the next payout moment', () => {
  it.each([
    ['daily', '2026-11-29T04:59:59.999Z', '2026-11-29T05:00:00.000Z'],
    ['daily', '2026-11-29T05:00:00.000Z', '2026-11-30T05:00:00.000Z'],
    ['daily', '2026-12-31T23:00:00.000Z', '2027-01-01T05:00:00.000Z'],
    ['weekly', '2026-11-29T23:00:00.000Z', '2026-11-30T05:00:00.000Z'], // a Sunday
    ['weekly', '2026-11-30T04:00:00.000Z', '2026-11-30T05:00:00.000Z'],
    ['weekly', '2026-11-30T05:00:00.000Z', '2026-12-07T05:00:00.000Z'],
    ['monthly', '2026-11-01T04:00:00.000Z', '2026-11-01T05:00:00.000Z'],
    ['monthly', '2026-11-01T05:00:00.000Z', '2026-12-01T05:00:00.000Z'],
    ['monthly', '2026-12-31T23:59:59.000Z', '2027-01-01T05:00:00.000Z'],
    ['monthly', '2024-01-31T12:00:00.000Z', '2024-02-01T05:00:00.000Z'],
  ] as const)('%s after %s is %s', (interval, after, next) => expect(nextPayoutAt(interval, at(after)).toISOString()).toBe(next));

  it('is after the moment, within the interval, and the same for every moment before it', () => {
    const days = { daily: 1, weekly: 7, monthly: 31 };
    fc.assert(
      fc.property(fc.constantFrom(...PAYOUT_INTERVALS), moment, (interval, after) => {
        const next = nextPayoutAt(interval, after);
        expect(next > after).toBe(true);
        expect(next.getTime() - after.getTime()).toBeLessThanOrEqual(days[interval] * 86_400_000);
        expect(nextPayoutAt(interval, new Date(next.getTime() - 1))).toEqual(next);
      }),
    );
  });
});
