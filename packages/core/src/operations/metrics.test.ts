import { describe, expect, it } from 'vitest';
import { figuresOfRequests, quantileMs } from './metrics.ts';

const sample = (buckets: number[], errors = 0) => ({
  endpoint: 'GET /x',
  requests: buckets.reduce((sum, n) => sum + n, 0),
  errors,
  buckets,
});

describe('response times', () => {
  it('are interpolated within their bucket', () => {
    expect(quantileMs([100, 0, 0, 0, 0, 0, 0, 0], 0.95)).toBeCloseTo(23.75);
    expect(quantileMs([90, 0, 0, 10, 0, 0, 0, 0], 0.95)).toBeCloseTo(175);
    expect(quantileMs([0, 0, 0, 0, 0, 0, 0, 10], 0.95)).toBe(2500);
    expect(quantileMs([0, 0, 0, 0, 0, 0, 0, 0], 0.95)).toBeNull();
  });

  it('and errors of several samples count together', () => {
    const figures = figuresOfRequests([sample([80, 0, 0, 0, 0, 0, 0, 0], 2), sample([10, 0, 0, 10, 0, 0, 0, 0], 3)]);
    expect(figures).toMatchObject({ requests: 100, errors: 5, errorRate: 0.05 });
    expect(figures.p95Ms).toBeCloseTo(175);
    expect(figuresOfRequests([])).toEqual({ requests: 0, errors: 0, errorRate: null, p95Ms: null });
  });
});
