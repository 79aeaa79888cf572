import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { addReading, addTimings } from './instruments.ts';
import { countWorkers, mergeReports, renderFamilies, type Family, type WorkerReport } from './merge.ts';

const report = (worker: string, requests: number, more: Partial<WorkerReport> = {}): WorkerReport => ({
  app: 'api',
  worker,
  pid: 100 + Number(worker),
  startedAt: 1,
  serving: true,
  families: [{ name: 'requests_total', help: 'Requests', type: 'counter', values: [{ labels: { status: '2xx' }, value: requests }] }],
  ...more,
});
const linesOf = async (families: Family[]) => (await renderFamilies(families)).split('\n').filter((line) => line && !line.startsWith('#'));

describe('reports of several processes', () => {
  it('keep each its own series', async () => {
    const text = await renderFamilies(mergeReports([report('0', 3), report('1', 4), report('0', 5, { app: 'web' })]));
    expect(text.match(/# TYPE requests_total counter/g)).toHaveLength(1);
    expect(
      text
        .split('\n')
        .filter((line) => line.startsWith('requests_total'))
        .toSorted(),
    ).toEqual([
      'requests_total{app="api",worker="0",status="2xx"} 3',
      'requests_total{app="api",worker="1",status="2xx"} 4',
      'requests_total{app="web",worker="0",status="2xx"} 5',
    ]);
  });

  it('of one that leaves and its successor, which have the same number, are two: the successor keeps it', async () => {
    const lines = await linesOf(mergeReports([report('0', 900, { startedAt: 1, pid: 7 }), report('0', 2, { startedAt: 2, pid: 8 })]));
    expect(lines.toSorted()).toEqual([
      'requests_total{app="api",worker="0",status="2xx"} 2',
      'requests_total{app="api",worker="0-7",status="2xx"} 900',
    ]);
  });

  it('come through JSON with what is not known', async () => {
    const values = JSON.parse(JSON.stringify([{ labels: {}, value: NaN }])) as Family['values'];
    expect(await linesOf([{ name: 'x', help: 'x', type: 'gauge', values }])).toEqual(['x Nan']);
  });

  it('are counted by state, hung ones among them', async () => {
    const lines = await linesOf([countWorkers([report('0', 1), report('1', 1, { serving: false })], [{ app: 'web' }])]);
    expect(lines).toEqual([
      'marketplace_workers{app="api",state="serving"} 1',
      'marketplace_workers{app="api",state="leaving"} 1',
      'marketplace_workers{app="api",state="unreachable"} 0',
      'marketplace_workers{app="web",state="serving"} 0',
      'marketplace_workers{app="web",state="leaving"} 0',
      'marketplace_workers{app="web",state="unreachable"} 1',
    ]);
  });
});

describe('an instrument', () => {
  it('for durations is a histogram as Prometheus has them: buckets add up, bounds belong to theirs', async () => {
    const registry = new Registry();
    const series = addTimings(registry, 'took_seconds', 'How long', [0.1, 1])({ status: '2xx' });
    for (const seconds of [0.05, 0.1, 0.5, 7]) series.observe(seconds);
    expect(await registry.metrics()).toBe(
      [
        '# HELP took_seconds How long',
        '# TYPE took_seconds histogram',
        'took_seconds_bucket{status="2xx",le="0.1"} 2',
        'took_seconds_bucket{status="2xx",le="1"} 3',
        'took_seconds_bucket{status="2xx",le="+Inf"} 4',
        'took_seconds_sum{status="2xx"} 7.65',
        'took_seconds_count{status="2xx"} 4',
        '',
      ].join('\n'),
    );
  });

  it('without a known value has a name and no line; a later one takes its place', async () => {
    const registry = new Registry();
    addReading(registry, 'gauge', 'rate', 'Share', () => null);
    expect(await registry.getSingleMetricAsString('rate')).toBe('# HELP rate Share\n# TYPE rate gauge');
    addReading(registry, 'gauge', 'rate', 'Share', () => Promise.resolve(0.5));
    expect(await registry.getSingleMetricAsString('rate')).toMatch(/^rate 0\.5$/m);
  });
});
