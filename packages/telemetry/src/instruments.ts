import type { Metric, Registry } from 'prom-client';

/** One line of a metric, as prom-client has it. NaN is sent between processes as null. */
export interface Value {
  labels: Record<string, string | number>;
  value: number | null;
  /** Where it differs from the metric's own name: `…_bucket`, `…_sum`, `…_count`. */
  metricName?: string;
}

/** What a reading returns: one number, several with labels, or null when the value is unknown. */
export type Readout = number | null | { labels: Record<string, string>; value: number }[];

/** Registers a metric that prom-client does not count itself, in place of an older one of the same name. */
function register(registry: Registry, name: string, help: string, type: string, values: () => Value[] | Promise<Value[]>): void {
  registry.removeSingleMetric(name);
  const metric = { name, help, type, get: async () => ({ name, help, type, values: await values() }), reset: () => {} };
  registry.registerMetric(metric as unknown as Metric);
}

/** A metric whose values are kept elsewhere, and read at each scrape. */
export function addReading(
  registry: Registry,
  type: 'gauge' | 'counter',
  name: string,
  help: string,
  read: () => Readout | Promise<Readout>,
): void {
  register(registry, name, help, type, async () => {
    const readout = await read();
    if (readout === null) return [];
    return typeof readout === 'number' ? [{ labels: {}, value: readout }] : readout;
  });
}

/** Durations under one set of labels. */
export interface Series {
  /** @param seconds how long it took */
  observe(seconds: number): void;
}

/**
 * A histogram that costs a few dozen nanoseconds for each observation, where prom-client's looks its labels up by hashing them:
 * the caller keeps the series it writes to.
 * @param buckets upper bounds in seconds, in ascending order
 */
export function addTimings(
  registry: Registry,
  name: string,
  help: string,
  buckets: readonly number[],
): (labels: Record<string, string>) => Series {
  const all: { labels: Record<string, string>; counts: number[]; sum: number }[] = [];
  register(registry, name, help, 'histogram', () =>
    all.flatMap(({ labels, counts, sum }) => {
      let total = 0;
      const values: Value[] = counts.map((count, i) => ({
        metricName: `${name}_bucket`,
        labels: { ...labels, le: i < buckets.length ? String(buckets[i]) : '+Inf' },
        value: (total += count),
      }));
      return [...values, { metricName: `${name}_sum`, labels, value: sum }, { metricName: `${name}_count`, labels, value: total }];
    }),
  );
  return (labels) => {
    const cell = { labels, counts: Array.from({ length: buckets.length + 1 }, () => 0), sum: 0 };
    all.push(cell);
    return {
      observe(seconds) {
        let i = 0;
        while (i < buckets.length && seconds > buckets[i]!) i++;
        cell.counts[i]!++;
        cell.sum += seconds;
      },
    };
  };
}
