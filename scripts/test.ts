// npm test: every check of the project, or those that are named: npm test -- types unit; or groups of tests: npm test -- live
// With --update, the statements that the suites send to a SQL Server are written to tests/tsql/statements.sql instead of compared.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '@assay/api';
import { openStatementRecord, type StatementRecord } from './lib/statement-record.ts';
import { countPlaywright, countVitest, readReport, type Count } from './lib/test-reports.ts';
import { TEST_GROUPS } from './lib/test-groups.ts';
import { installTestTools } from './lib/test-tools.ts';
import { installTsqlCompiler } from './lib/tsql-compiler.ts';

const RESULTS = path.join(ROOT, 'test-results');
const WEB = path.join(ROOT, 'apps', 'web');
const VITEST_PROJECTS = ['unit', 'contract', 'tsql', 'integration', 'ops'];

/**
 * Runs a program and prints its output: immediately, or at its end if it runs beside others (`aside`).
 * @returns whether it succeeded
 */
function run(command: string, args: string[], { cwd = ROOT, aside = false, variables = {} } = {}): Promise<boolean> {
  const stdio = aside ? 'pipe' : 'inherit';
  const env = { ...process.env, ...variables };
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', stdio, stdio], shell: process.platform === 'win32' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(false);
    });
    child.on('close', (code) => {
      process.stdout.write(output);
      resolve(code === 0);
    });
  });
}

/** Runs commands, each of which is one check. */
async function checks(...commands: [name: string, command: string, args: string[], cwd?: string][]): Promise<Count> {
  const count: Count = { passed: 0, failures: [] };
  for (const [name, command, args, cwd] of commands) {
    const good = await run(command, args, { cwd, aside: true });
    console.log(`${good ? '✓' : '✗'} ${name}`);
    if (good) count.passed += 1;
    else count.failures.push(name);
  }
  return count;
}

/** Runs Vitest on projects, or on files alone. */
async function vitest({ variables }: StatementRecord, projects: string[], files: string[] = []): Promise<Count> {
  const file = path.join(RESULTS, 'vitest.json');
  rmSync(file, { force: true });
  const named = [...projects.flatMap((project) => ['--project', project]), ...files];
  const good = await run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...named], { variables });
  return readReport(good, file, countVitest);
}

async function playwright(...args: string[]): Promise<Count> {
  const file = path.join(RESULTS, 'e2e.json');
  rmSync(file, { force: true });
  const good = await run('playwright', ['test', ...args]);
  return readReport(good, file, countPlaywright);
}

function group(name: string, record: StatementRecord): Promise<Count> {
  const { runner, files, project } = TEST_GROUPS[name]!;
  return runner === 'vitest' ? vitest(record, [], files) : playwright(...files, ...(project ? ['--project', project] : []));
}

const types = () =>
  checks(
    ['types', 'tsc', ['-p', '.']],
    ['types of the browser tests', 'tsc', ['-p', 'tests/e2e']],
    ['types of the service worker', 'tsc', ['-p', 'apps/web/src/service-worker']],
    ['types of the pages', path.join(WEB, 'node_modules', '.bin', 'svelte-check'), ['--threshold', 'warning'], WEB],
  );

const lint = () =>
  checks(
    ['oxlint', 'oxlint', ['--type-aware', '--deny-warnings']],
    ['eslint (.svelte)', 'eslint', ['--max-warnings=0', 'apps/web/src']],
    ['prettier', 'prettier', ['--check', '--log-level=warn', '.']],
  );

async function main(args: string[]): Promise<void> {
  const options = { update: { type: 'boolean', default: false } } as const;
  const { values, positionals: names } = parseArgs({ args, options, allowPositionals: true });
  const groups = names.filter((name) => Object.hasOwn(TEST_GROUPS, name));
  const known = ['types', 'lint', ...VITEST_PROJECTS, 'browser', ...Object.keys(TEST_GROUPS)];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')} among the tests: ${known.join(', ')}`);
  const wanted = (name: string) => names.length === 0 || names.includes(name);
  mkdirSync(RESULTS, { recursive: true });
  const record = openStatementRecord(values.update);
  if (wanted('integration') || wanted('ops') || wanted('browser') || groups.length > 0) installTestTools();
  const noTsql = wanted('tsql') ? installTsqlCompiler() : null;
  const projects = VITEST_PROJECTS.filter((name) => wanted(name) && !(name === 'tsql' && noTsql));

  const started = performance.now();
  const total: Count = { passed: 0, failures: [] };
  const part = async (name: string, work: () => Promise<Count>) => {
    console.log(`\n▸ ${name}`);
    const from = performance.now();
    const { passed, failures } = await work();
    total.passed += passed;
    total.failures.push(...failures);
    console.log(`▸ ${name}: ${passed} passed, ${failures.length} failed, ${Math.round((performance.now() - from) / 1000)} s`);
  };
  await run(path.join(WEB, 'node_modules', '.bin', 'svelte-kit'), ['sync'], { cwd: WEB }); // writes the tsconfig that all checks need
  await Promise.all([wanted('types') && part('types', types), wanted('lint') && part('lint', lint)]);
  if (projects.length > 0) await part(projects.join(', '), () => vitest(record, projects));
  for (const name of groups) await part(name, () => group(name, record));
  if (record.hasStatements()) await part('statements', () => record.finish(projects, total.failures.length === 0));
  if (wanted('browser')) await part('browser', playwright);
  for (const each of total.failures) console.log(`\n✗ ${each}`);
  if (noTsql) console.log(`\ntsql did not run. ${noTsql}`);
  console.log(`\n${Math.round((performance.now() - started) / 1000)} s`);
  console.log(`${total.passed} passed, ${total.failures.length} failed`);
  process.exitCode = total.failures.length > 0 || total.passed === 0 ? 1 : 0;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
});
