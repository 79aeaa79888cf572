import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Service {
  image: string;
  env?: Record<string, string>;
  options?: string;
  environment?: Record<string, string>;
  healthcheck?: { test: string[] };
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
}
interface Step {
  run?: string;
  uses?: string;
  with?: Record<string, unknown>;
}
interface Workflow {
  on: Record<string, unknown>;
  jobs: Record<string, { services?: Record<string, Service>; env?: Record<string, string>; steps: Step[] }>;
}

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const { scripts, engines } = JSON.parse(read('package.json')) as { scripts: Record<string, string>; engines: { node: string } };
const compose = parse(read('compose.yaml')) as { services: Record<string, Service>; volumes: Record<string, null> };
const WORKFLOWS = path.join('.github', 'workflows');
const workflows = readdirSync(path.join(ROOT, WORKFLOWS)).map(
  (file) => [file, parse(read(path.join(WORKFLOWS, file))) as Workflow] as const,
);
const steps = workflows.flatMap(([, { jobs }]) => Object.values(jobs).flatMap((job) => job.steps));
const runs = steps.flatMap(({ run }) => run?.split('\n') ?? []);

const IMAGE = 'mcr.microsoft.com/mssql/server:2022-latest';
const SUITES = ['types', 'lint', 'unit', 'contract', 'tsql', 'integration', 'ops', 'browser'];

describe('the workflows of the public CI', () => {
  it('run with each push and pull request', () => {
    for (const [file, { on }] of workflows) expect([file, Object.keys(on).toSorted()]).toEqual([file, ['pull_request', 'push']]);
  });

  it('run npm scripts that exist, with suites that exist', () => {
    const calls = runs.flatMap((line) => [...line.matchAll(/\bnpm (?:run )?([\w:-]+)(?: -- (.+))?/g)]);
    expect(calls.length).toBeGreaterThan(3);
    for (const [line, name, args] of calls) {
      expect([line, Object.hasOwn(scripts, name!)]).toEqual([line, true]);
      if (name === 'test') expect(SUITES).toEqual(expect.arrayContaining(args?.split(' ') ?? []));
    }
  });

  it('run every suite, T-SQL included, and those that use a database on Microsoft’s SQL Server as well', () => {
    expect(runs).toContain('npm test');
    const onSqlServer = workflows.flatMap(([, { jobs }]) => Object.values(jobs)).filter(({ services }) => services?.sqlserver);
    expect(onSqlServer).toHaveLength(1);
    const { services, env, steps: own } = onSqlServer[0]!;
    expect(services!.sqlserver!.image).toBe(IMAGE);
    expect(env).toHaveProperty('TEST_SQLSERVER_URL', expect.stringMatching(/^sqlserver:\/\/127\.0\.0\.1:1433;/));
    expect(own.map(({ run }) => run)).toContain('npm test -- contract integration ops');
  });

  it('run scripts with sqlcmd that exist, in the order of the rating guide', () => {
    const files = runs.flatMap((line) => /sqlcmd .* -i (\S+\.sql)/.exec(line)?.[1] ?? []);
    for (const file of files) expect([file, existsSync(path.join(ROOT, file))]).toEqual([file, true]);
    expect(files.map((file) => path.basename(file, '.sql'))).toEqual([
      '20231201000000_create_accounts',
      '20231201000001_create_listings_and_orders',
      '20240101000000_add_seller_ratings',
      'backfill-rating-aggregates',
    ]);
  });

  it('compare known vulnerabilities of dependencies with the time frames', () => {
    expect(runs).toContain('npm run check-dependencies');
  });

  it('have one job on a Node that is older than the project needs: the bootstrap installs its own', () => {
    const needed = Number(/(\d+)/.exec(engines.node)![1]);
    const versions = steps.filter(({ uses }) => uses?.startsWith('actions/setup-node@')).map((step) => Number(step.with!['node-version']));
    expect([versions.some((version) => version < needed), versions.some((version) => version >= needed)]).toEqual([true, true]);
  });
});

describe('Compose', () => {
  it('runs the SQL Server that CI tests on, with the same health check', () => {
    const { sqlserver, 'sqlserver-database': creation } = compose.services;
    expect([sqlserver!.image, creation!.image]).toEqual([IMAGE, IMAGE]);
    const ci = workflows.flatMap(([, { jobs }]) => Object.values(jobs).flatMap(({ services }) => services?.sqlserver ?? []))[0]!;
    const [, ...words] = sqlserver!.healthcheck!.test;
    expect(ci.options!.replaceAll("'", '')).toContain(words.join(' '));
    expect(creation!.depends_on).toEqual({ sqlserver: { condition: 'service_healthy' } });
  });

  it('mounts files that exist, and volumes that it declares', () => {
    const mounts = Object.values(compose.services).flatMap(({ volumes = [] }) => volumes.map((mount) => mount.split(':')[0]!));
    for (const source of mounts)
      if (source.startsWith('.')) expect([source, existsSync(path.join(ROOT, source))]).toEqual([source, true]);
      else expect(compose.volumes).toHaveProperty(source);
  });
});
