import { LATENCY_BUCKETS_MS, type RequestSample } from '@assay/core';

/** What this process answered since it was last asked, by endpoint. */
export interface Samples {
  /** @param endpoint "GET /api/v1/ratings/seller/:id" */
  add(endpoint: string, status: number, durationMs: number): void;
  /** Hands out what was gathered and begins anew. */
  take(): RequestSample[];
  /** Takes back what could not be kept anywhere. */
  putBack(samples: RequestSample[]): void;
}

/** Endpoints that are named one by one: made-up paths must not fill the memory. */
const ENDPOINTS_MAX = 200;
const OTHERS = 'others';

export function createSamples(): Samples {
  let gathered = new Map<string, RequestSample>();
  return {
    add(endpoint, status, durationMs) {
      const known = gathered.get(endpoint) ?? (gathered.size < ENDPOINTS_MAX ? undefined : gathered.get(OTHERS));
      const name = gathered.size < ENDPOINTS_MAX ? endpoint.slice(0, 100) : OTHERS;
      const sample = known ?? { endpoint: name, requests: 0, errors: 0, buckets: [...LATENCY_BUCKETS_MS, 0].map(() => 0) };
      if (!known) gathered.set(name, sample);
      sample.requests++;
      if (status >= 500) sample.errors++;
      const bucket = LATENCY_BUCKETS_MS.findIndex((bound) => durationMs <= bound);
      sample.buckets[bucket < 0 ? LATENCY_BUCKETS_MS.length : bucket]!++;
    },
    putBack(samples) {
      for (const sample of samples) {
        const known = gathered.get(sample.endpoint);
        if (!known) gathered.set(sample.endpoint, sample);
        else {
          known.requests += sample.requests;
          known.errors += sample.errors;
          sample.buckets.forEach((count, i) => (known.buckets[i]! += count));
        }
      }
    },
    take() {
      const taken = [...gathered.values()];
      gathered = new Map();
      return taken;
    },
  };
}
