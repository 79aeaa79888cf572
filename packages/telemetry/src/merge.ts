import { Registry, type Metric } from 'prom-client';
import type { Value } from './instruments.ts';

/** A metric with its values, as `Registry.getMetricsAsJSON()` gives it. */
export interface Family {
  name: string;
  help: string;
  type: string;
  values: Value[];
}

/** What one process says of itself. */
export interface WorkerReport {
  app: string;
  /** Which of the app's processes it is: the number that PM2 gives them, or the process id. */
  worker: string;
  pid: number;
  /** As `Date.now()`. */
  startedAt: number;
  /** Takes new work; not about to stop. */
  serving: boolean;
  families: Family[];
}

/**
 * All reports as one: each line with the labels `app` and `worker`, so that each process's counters stay its own and sums and
 * rates stay right when one of them restarts. During a reload two processes have the same number: the newer one keeps it, and
 * the one that leaves has its process id added.
 */
export function mergeReports(reports: readonly WorkerReport[]): Family[] {
  const taken = new Set<string>();
  const merged = new Map<string, Family>();
  for (const { app, worker, pid, families } of reports.toSorted((a, b) => b.startedAt - a.startedAt || b.pid - a.pid)) {
    const name = taken.has(`${app} ${worker}`) ? `${worker}-${pid}` : worker;
    taken.add(`${app} ${worker}`);
    for (const family of families) {
      const values = family.values.map((value) => ({ ...value, labels: { app, worker: name, ...value.labels } }));
      const known = merged.get(family.name);
      if (known) known.values.push(...values);
      else merged.set(family.name, { ...family, values });
    }
  }
  return [...merged.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** How many processes of each app there are, in which state; those that did not answer in time are `unreachable`. */
export function countWorkers(reports: readonly WorkerReport[], unreachable: readonly { app: string }[]): Family {
  const counts = new Map<string, number>();
  const apps = new Set([...reports, ...unreachable].map(({ app }) => app));
  for (const app of [...apps].toSorted((a, b) => (a < b ? -1 : 1)))
    for (const state of ['serving', 'leaving', 'unreachable']) counts.set(`${app} ${state}`, 0);
  const count = (app: string, state: string) => counts.set(`${app} ${state}`, (counts.get(`${app} ${state}`) ?? 0) + 1);
  for (const { app, serving } of reports) count(app, serving ? 'serving' : 'leaving');
  for (const { app } of unreachable) count(app, 'unreachable');
  return {
    name: 'marketplace_workers',
    help: 'Processes of each app on this machine, by state',
    type: 'gauge',
    values: [...counts].map(([key, value]) => {
      const [app, state] = key.split(' ') as [string, string];
      return { labels: { app, state }, value };
    }),
  };
}

/** In Prometheus' text format. */
export function renderFamilies(families: readonly Family[]): Promise<string> {
  const registry = new Registry();
  for (const family of families) {
    const values = family.values.map((value) => ({ ...value, value: value.value ?? NaN }));
    registry.registerMetric({ ...family, get: () => Promise.resolve({ ...family, values }) } as unknown as Metric);
  }
  return registry.metrics();
}

/** The content type of {@link renderFamilies}. */
export const METRICS_CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;
