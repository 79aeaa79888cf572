import { addReading, addTimings, createRegistry, createWorkers, type Series, type Workers } from '@assay/telemetry/metrics';
import { upstreamErrors } from './upstream.ts';

export const APP = 'marketplace-web';
/** Upper bounds in seconds. */
const BUCKETS = [0.1, 0.5, 1, 2, 5];

export interface WebMetrics {
  /** The API's `/metrics` asks them: the pages' own port shows no metrics. */
  readonly workers: Workers;
  /** @param route a page's route as "/sellers/[id]", or what else was asked for: "api", "asset" */
  answered(route: string, status: number, durationMs: number): void;
}

export function createWebMetrics(version: string, worker: string | null): WebMetrics {
  const registry = createRegistry(version);
  const series = addTimings(registry, 'marketplace_web_response_time_seconds', 'How long the web server took, by route', BUCKETS);
  const kept = new Map<string, Series[]>();
  let upstream = 0;
  upstreamErrors.subscribe(() => upstream++);
  const help = 'Requests of pages and visitors that the API did not answer';
  addReading(registry, 'counter', 'marketplace_web_upstream_errors_total', help, () => upstream);
  return {
    workers: createWorkers({ app: APP, worker, registry }),
    answered(route, status, durationMs) {
      let classes = kept.get(route);
      if (!classes) kept.set(route, (classes = []));
      const family = Math.floor(status / 100);
      (classes[family] ??= series({ route, status: `${family}xx` })).observe(durationMs / 1000);
    },
  };
}
