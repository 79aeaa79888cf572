import type { ResponseFigures } from '@assay/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RolloutRow } from './ports.ts';
import { isOfFeature, judge, type Measured } from './rules.ts';

const START = new Date('2026-03-01T12:00:00.000Z');
const minutes = (count: number) => new Date(START.getTime() + count * 60_000);
const rollout: RolloutRow = {
  id: 1,
  flag: 'seller-ratings',
  status: 'running',
  phases: [10, 25, 50, 100],
  phase: 0,
  startPercentage: 0,
  waitMinutes: 60,
  requestsMin: 100,
  errorRatePercentMax: 5,
  p95MaxMs: 1000,
  requestedBy: null,
  requestedAt: START,
  phaseStartedAt: START,
  finishedAt: null,
  message: null,
  guards: [],
};
const figures = (requests: number, errors = 0, p95Ms = 80): ResponseFigures => ({
  requests,
  errors,
  errorRate: requests === 0 ? null : errors / requests,
  p95Ms: requests === 0 ? null : p95Ms,
});
const good: Measured = { phase: figures(400), recent: figures(40), verification: { wrong: 0, sellers: 10 } };

describe('a guarded rollout', () => {
  it.each<[string, Partial<Measured>, number, ReturnType<typeof judge>['kind']]>([
    ['waits until its phase is over', {}, 59, 'wait'],
    ['goes on when it is over and all is good', {}, 60, 'go-on'],
    ['stands without requests', { phase: figures(0), recent: figures(0) }, 60, 'too-little'],
    ['stands with too few requests, however good', { phase: figures(99) }, 60, 'too-little'],
    ['asks for the scores to be compared', { verification: null }, 60, 'verify'],
    ['stands when they never are', { verification: null }, 65, 'too-little'],
    ['goes back on errors before its phase is over', { recent: figures(40, 3) }, 2, 'bad'],
    ['goes back on errors that only the whole phase shows', { phase: figures(400, 30), recent: figures(5) }, 30, 'bad'],
    ['goes back on slow answers', { recent: figures(40, 0, 1001) }, 2, 'bad'],
    ['goes back on one score that differs', { verification: { wrong: 1, sellers: 10 } }, 2, 'bad'],
    ['does not go back on an error among a few requests', { phase: figures(19, 1), recent: figures(19, 1) }, 2, 'wait'],
    ['takes exactly the limit for good', { phase: figures(400, 20), recent: figures(40, 2, 1000) }, 60, 'go-on'],
  ])('%s', (_name, measured, after, kind) => {
    expect(judge(rollout, { ...good, ...measured }, minutes(after)).kind).toBe(kind);
  });

  it('says what was bad, in numbers', () => {
    expect(judge(rollout, { ...good, recent: figures(40, 3) }, minutes(2))).toEqual({
      kind: 'bad',
      message: 'Error rate: 7.5 % of 40 requests, at most 5 %.',
    });
  });

  it('is never promoted by silence, nor before its time', () => {
    const some = fc.record({ requests: fc.nat(300), errors: fc.nat(300), p95: fc.nat(3000) });
    const verification = fc.option(fc.record({ wrong: fc.nat(2), sellers: fc.constant(10) }), { nil: null });
    fc.assert(
      fc.property(some, some, verification, fc.nat(200), (phase, recent, verified, after) => {
        const measured: Measured = {
          phase: figures(phase.requests, Math.min(phase.errors, phase.requests), phase.p95),
          recent: figures(recent.requests, Math.min(recent.errors, recent.requests), recent.p95),
          verification: verified,
        };
        if (judge(rollout, measured, minutes(after)).kind !== 'go-on') return;
        expect(after).toBeGreaterThanOrEqual(60);
        expect(measured.phase.requests).toBeGreaterThanOrEqual(100);
        expect(measured.phase.errorRate).toBeLessThanOrEqual(0.05);
        expect(measured.phase.p95Ms).toBeLessThanOrEqual(1000);
        expect(verified?.wrong).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('looks at the requests of its feature', () => {
    expect(isOfFeature('seller-ratings', 'GET /api/v1/ratings/seller/:id')).toBe(true);
    expect(isOfFeature('seller-ratings', 'trpc ratings.submit')).toBe(true);
    expect(isOfFeature('seller-ratings', 'POST /api/v1/orders')).toBe(false);
    expect(isOfFeature('seller-cache-invalidation', 'POST /api/v1/orders')).toBe(true);
  });
});
