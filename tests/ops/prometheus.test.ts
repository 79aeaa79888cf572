import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { createTestDatabase, startApi } from '@assay/testing';
import { mergeReports, renderFamilies } from '@assay/telemetry/metrics';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWebMetrics } from '../../apps/web/src/lib/server/metrics.ts';
import { findPromtool } from '../../scripts/lib/test-tools.ts';

const DEPLOY = path.join(ROOT, 'deploy');
const read = (file: string) => readFileSync(path.join(DEPLOY, file), 'utf8');
const promtool = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(findPromtool() ?? 'promtool', args, { cwd: DEPLOY, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
};
const GOOD = { status: 0, output: expect.stringContaining('SUCCESS') as string };

interface Panel {
  id: number;
  type: string;
  title: string;
  datasource?: { uid: string };
  gridPos: { h: number; w: number; x: number; y: number };
  targets?: { refId: string; expr: string; datasource: { uid: string } }[];
  fieldConfig?: { defaults: { unit: string } };
}
const dashboard = JSON.parse(read('grafana/assay.json')) as { uid: string; title: string; schemaVersion: number; panels: Panel[] };
const charts = dashboard.panels.filter(({ type }) => type !== 'row');
const queries = charts.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
const alerts = [...read('prometheus/alerts.yml').matchAll(/- alert: (\w+)\n\s+expr: (?:\|\n((?: {10}.*\n)+)|(.*)\n)/g)].map(
  ([, name, block, line]) => ({ name: name!, expr: (block ?? line)!.trim() }),
);

/** The metrics that a query is about. */
function metricsIn(query: string): string[] {
  const plain = query
    .replace(/\{[^}]*\}|\[[^\]]*\]|"[^"]*"/g, ' ')
    .replace(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ');
  const words = plain.match(/[a-zA-Z_:][\w:]*\b(?!\s*\()/g) ?? [];
  return words.filter((word) => !['and', 'or', 'unless', 'by', 'without', 'bool', 'offset', 'e'].includes(word));
}

describe('alert rules', () => {
  it('and the example configuration are what Prometheus takes', () => {
    expect(promtool('check', 'rules', 'prometheus/alerts.yml')).toEqual(GOOD);
    expect(promtool('check', 'config', 'prometheus/prometheus.yml')).toEqual(GOOD);
  });

  it('pass their tests, and each of them is seen to fire in one', () => {
    expect(promtool('test', 'rules', 'prometheus/alerts.test.yml')).toEqual(GOOD);
    const fires = read('prometheus/alerts.test.yml').matchAll(/alertname: (\w+)\n\s+exp_alerts:\n/g);
    const fired = new Set([...fires].map(([, name]) => name!));
    expect(alerts.length).toBeGreaterThan(20);
    expect(alerts.map(({ name }) => name).filter((name) => !fired.has(name))).toEqual([]);
  });

  it('have the documents’ names and thresholds', () => {
    const exprOf = (name: string) => alerts.find((alert) => alert.name === name)?.expr;
    expect(exprOf('SellerAPIHighLatency')).toMatch(/^histogram_quantile\(0\.95, .*seller_api_response_time_seconds_bucket.* > 1$/);
    expect(exprOf('SellerCacheLowHitRate')).toMatch(/seller_cache_hit_rate\) < 0\.7 and sum\(seller_cache_reads\) > 300$/);
    expect(exprOf('SellerWebSocketConnectionsHigh')).toMatch(/seller_websocket_connections.* > 1000$/);
    expect(exprOf('SellerAPIHighErrorRate')).toMatch(/> 0\.05$/);
  });
});

describe('the dashboard', () => {
  it('is one that Grafana imports: panels with ids of their own, that do not lie on each other and ask the chosen Prometheus', () => {
    expect(dashboard).toMatchObject({ uid: 'assay', title: 'Assay', schemaVersion: 39 });
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    const cells = new Set<string>();
    for (const { type, title, datasource, gridPos, targets, fieldConfig } of dashboard.panels) {
      expect(['row', 'stat', 'timeseries'], title).toContain(type);
      expect(title).not.toBe('');
      expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect(cells.has(`${x} ${y}`), `${title} lies on another panel`).toBe(false);
          cells.add(`${x} ${y}`);
        }
      if (type === 'row') continue;
      expect(datasource?.uid).toBe('${datasource}');
      expect(fieldConfig?.defaults.unit, title).toBeTruthy();
      expect(targets?.length, title).toBeGreaterThan(0);
      expect(new Set(targets!.map(({ refId }) => refId)).size).toBe(targets!.length);
      for (const target of targets!) expect(target.datasource.uid).toBe('${datasource}');
    }
  });

  it('has queries that Prometheus understands', () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'assay-promtool-'));
    const file = path.join(dir, 'queries.yml');
    const rules = queries.map((query, i) => ({ record: `panel:${i}`, expr: query.replaceAll('$__rate_interval', '1m') }));
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules }] })); // JSON is YAML
    const { status, output } = promtool('check', 'rules', file);
    rmSync(dir, { recursive: true });
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining(`${queries.length} rules found`) as string });
  });
});

describe('alerts and dashboard', () => {
  const exposed = new Set(['up']);
  beforeAll(async () => {
    const db = await createTestDatabase('sqlite');
    const api = await startApi(db);
    const { reports } = await createWebMetrics('1', '0').workers.collect();
    const text = (await (await fetch(`${api.url}/metrics`)).text()) + (await renderFamilies(mergeReports(reports)));
    await api.close();
    await db.drop();
    for (const [, name, type] of text.matchAll(/^# TYPE (\S+) (\w+)$/gm))
      for (const ending of type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']) exposed.add(name! + ending);
  });

  it('ask for metrics only that /metrics has', () => {
    expect(metricsIn('sum by (le) (rate(a_b{c="d"}[5m])) / on (x) e_total > 3 or vector(0)')).toEqual(['a_b', 'e_total']);
    const asked = [...queries, ...alerts.map(({ expr }) => expr)].flatMap(metricsIn);
    expect(new Set(asked).size).toBeGreaterThan(25);
    expect(asked.filter((name) => !exposed.has(name))).toEqual([]);
  });

  it('are explained in docs/monitoring.md, and nothing else is', () => {
    const guide = readFileSync(path.join(ROOT, 'docs/monitoring.md'), 'utf8');
    const own = [...exposed].filter((name) => /^(seller|marketplace)_/.test(name)).map((name) => name.replace(/_(bucket|sum|count)$/, ''));
    const named = (pattern: RegExp) => new Set([...guide.matchAll(pattern)].map(([, name]) => name!));
    expect(named(/`((?:seller|marketplace)_\w+)/g)).toEqual(new Set(own));
    expect(named(/`((?:Seller|Marketplace)[A-Z]\w+)`/g)).toEqual(new Set(alerts.map(({ name }) => name)));
  });

  it('show each metric that is the product’s own', () => {
    const asked = new Set([...queries, ...alerts.map(({ expr }) => expr)].flatMap(metricsIn));
    const rest = new Set(['seller_rating_verified_accounts']); // says how much the verification was about
    const own = [...exposed].filter((name) => /^(seller|marketplace)_/.test(name) && !/_(bucket|sum|count)$/.test(name));
    expect(own.filter((name) => !asked.has(name) && !rest.has(name))).toEqual([]);
  });
});
